import { randomUUID } from 'node:crypto';
import type { BrowserWindow } from 'electron';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { compose } from '#electron/compose.ts';
import type { Composition, ComposeOptions } from '#electron/server/composition.ts';
import { describeDefect } from '#electron/server/log-line.ts';
import { createServer } from '#electron/server/server.ts';
import type { Server } from '#electron/server/server.ts';
import type { AppProtocol } from './app-protocol.ts';
import { failureAddress } from './app-protocol.ts';
import type { FrameSender } from './ipc.ts';
import { show } from './window.ts';
import { answerCalls, pushTo, trustsMainFrameOf } from './ipc.ts';

export interface OpenSite {
  readonly composition: () => Composition | undefined;
}

/** An exception while the parts are put together is a defect, but the person still gets a sentence in a window. */
async function composeSafely(options: ComposeOptions & { readonly log: (line: string) => void }) {
  try {
    return await compose(options);
  } catch (error) {
    const id = randomUUID();
    options.log(`internal ${id} while the site was opened: ${describeDefect(error, [])}`);
    return failed(failure('internal', { id }));
  }
}

/**
 * Opens the site behind the window while the page already loads; the page's calls wait for it. A site that cannot be
 * opened is told in the window, with what to do, instead of the page.
 */
export function openSite(
  window: BrowserWindow,
  protocol: AppProtocol,
  options: ComposeOptions & { readonly log: (line: string) => void },
): OpenSite {
  let composition: Composition | undefined;

  const open = async (): Promise<Result<Server<FrameSender>>> => {
    const composed = await composeSafely(options);
    if (!composed.ok) {
      protocol.setFailure(composed.error);
      show(window, failureAddress, options.log);
      return composed;
    }
    const made = composed.value;
    composition = made;
    const server = createServer({ handlers: made.handlers, isTrusted: trustsMainFrameOf(window), log: options.log });
    made.subscribe(pushTo(window, server));
    return succeed(server);
  };

  answerCalls(open());
  return { composition: () => composition };
}
