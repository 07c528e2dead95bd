import { randomBytes } from 'node:crypto';

/** A nonce for one load of the page. */
export const newNonce = (): string => randomBytes(18).toString('base64');

/** Puts the nonce of this load where the build left `%NONCE%`. */
export function withNonce(html: Uint8Array, nonce: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(new TextDecoder().decode(html).replaceAll('%NONCE%', nonce));
}

/**
 * Headers of every answer. Scripts and styles come from the page's own files only; styles also from elements that
 * carry this load's nonce (Fluent writes its rules into such elements). `connect` is what the page may open
 * connections to: nothing in the window, one WebSocket in the preview.
 */
export function pageHeaders(nonce: string, connect = "'none'"): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src ${connect}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}
