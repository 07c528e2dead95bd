import type { App, Session, WebContents } from 'electron';
import { isOwnAddress } from './own-origin.ts';

/** Denies what a page of ours never needs: permissions, devices, downloads, and every request that is not app://. */
export function guardSession(session: Session, allowDevTools: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => {
    answer({});
  });
  session.on('will-download', (event) => {
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest((request, answer) => {
    const fromDevTools = allowDevTools && URL.parse(request.url)?.protocol === 'devtools:';
    answer({ cancel: !isOwnAddress(request.url) && !fromDevTools });
  });
}

function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}

/** Denies navigation away, new windows, redirects and web views in everything this app will ever show. */
export function guardAllContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents);
  });
}
