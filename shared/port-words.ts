import type { BlockedPort } from './secure-mode.ts';

/** A port in a sentence: `TCP 1433`. */
export const portWords = ({ protocol, port }: BlockedPort): string => `${protocol.toUpperCase()} ${port}`;
