import type { ProbedListener } from './secure-mode.ts';

/** Whether another machine came through to it, whoever then answered. */
export const wasReached = ({ saw }: Pick<ProbedListener, 'saw'>): boolean => saw === 'answered' || saw === 'open';
