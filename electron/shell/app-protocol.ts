import { protocol } from 'electron';
import type { Failure } from '#shared/errors.ts';
import { failurePage } from '#electron/server/page/failure-page.ts';
import type { PageFiles } from '#electron/server/page/page-files.ts';
import { newNonce, pageHeaders, withNonce } from '#electron/server/page/page-policy.ts';
import { appScheme, isOwnAddress } from './own-origin.ts';
import { text } from './text.ts';

/** The address of the page that is shown when the site could not be opened. */
export const failureAddress = 'app://mortise/not-opened';

/** Makes app:// a secure standard scheme. Must run before Electron is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true } }]);
}

export interface AppProtocol {
  /** What the failure page says from now on. */
  readonly setFailure: (failure: Failure) => void;
}

/** Serves the built page, and nothing else, over app://mortise/. Must run after Electron is ready. */
export function serveApp(files: PageFiles): AppProtocol {
  let failure: Failure | undefined;

  const find = async (address: string) => {
    if (failure !== undefined && address === failureAddress) {
      return {
        contentType: 'text/html; charset=utf-8',
        body: new TextEncoder().encode(failurePage(failure, text.notStarted)),
      };
    }
    return files.read(new URL(address).pathname);
  };

  protocol.handle(appScheme, async (request) => {
    const nonce = newNonce();
    const headers = pageHeaders(nonce);
    const file = request.method === 'GET' && isOwnAddress(request.url) ? await find(request.url) : undefined;
    if (file === undefined) return new Response('', { status: 404, headers });
    const isHtml = file.contentType.startsWith('text/html');
    return new Response(isHtml ? withNonce(file.body, nonce) : file.body, {
      headers: { ...headers, 'Content-Type': file.contentType },
    });
  });

  return {
    setFailure: (told) => {
      failure = told;
    },
  };
}
