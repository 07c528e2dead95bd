import type { IncomingMessage, ServerResponse } from 'node:http';
import { escapeHtml } from '#electron/server/page/failure-page.ts';
import type { PageFiles } from '#electron/server/page/page-files.ts';
import { newNonce, pageHeaders, withNonce } from '#electron/server/page/page-policy.ts';
import { transportPath, withTransport } from './page-script.ts';
import type { PreviewTokens } from './preview-tokens.ts';
import { text } from './text.ts';

/** Whether a request came to our own name. Another one is a page elsewhere whose name was made to point here. */
export const hasOwnHost = (request: IncomingMessage, port: number): boolean =>
  request.headers.host === `127.0.0.1:${port}`;

export const ownOrigin = (port: number): string => `http://127.0.0.1:${port}`;

export interface PageRequests {
  readonly port: number;
  readonly files: PageFiles;
  readonly transport: Uint8Array;
  readonly tokens: PreviewTokens;
  /** Called when an address was used, so that the next one can be shown. */
  readonly onOpened: () => void;
}

/** Answers GET requests for the page. Nothing of it is secret; what it may do is decided on the WebSocket. */
export function answerRequest({ port, files, transport, tokens, onOpened }: PageRequests) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const nonce = newNonce();
    const headers = pageHeaders(nonce, `ws://127.0.0.1:${port}`);
    const answer = (status: number, contentType: string, body: Uint8Array | string) => {
      response.writeHead(status, { ...headers, 'Content-Type': contentType }).end(body);
    };
    const refuse = (status: number) => {
      answer(status, 'text/plain; charset=utf-8', '');
    };

    const origin = request.headers.origin;
    if (!hasOwnHost(request, port) || (origin !== undefined && origin !== ownOrigin(port))) return refuse(403);
    if (request.method !== 'GET') return refuse(405);
    const url = URL.parse(request.url ?? '', ownOrigin(port));
    if (url === null || url.origin !== ownOrigin(port)) return refuse(400);

    if (url.pathname === '/' && url.searchParams.has('token')) {
      const token = tokens.exchange(url.searchParams.get('token'));
      if (token === undefined) {
        const body = `<!doctype html><html lang="en"><title>${escapeHtml(text.usedTitle)}</title><h1>${escapeHtml(text.usedTitle)}</h1><p>${escapeHtml(text.usedNext)}</p></html>`;
        return answer(403, 'text/html; charset=utf-8', body);
      }
      // What stands behind # is never sent to a server, and the page takes it out of the address at once.
      response.writeHead(303, { ...headers, Location: `/#${token}` }).end();
      return onOpened();
    }
    if (url.pathname === transportPath) return answer(200, 'text/javascript; charset=utf-8', transport);

    const file = await files.read(url.pathname);
    if (file === undefined) return refuse(404);
    const isHtml = file.contentType.startsWith('text/html');
    answer(200, file.contentType, isHtml ? withNonce(withTransport(file.body), nonce) : file.body);
  };
}
