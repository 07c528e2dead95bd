import { randomUUID } from 'node:crypto';
import type { BrowserWindow } from 'electron';
import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { compose } from '#electron/compose.ts';
import type { Composition, ComposeOptions } from '#electron/server/composition.ts';
import { describeDefect } from '#electron/server/log-line.ts';
import { createServer } from '#electron/server/server.ts';
import type { Server } from '#electron/server/server.ts';
import type { AppProtocol } from './app-protocol.ts';
import { failureAddress } from './app-protocol.ts';
import type { Closing } from './close.ts';
import type { FrameSender } from './ipc.ts';
import { answerCalls, pushTo, trustsMainFrameOf } from './ipc.ts';
import { SiteInWindow } from './site-in-window.ts';
import type { ChosenSite } from './site-in-window.ts';
import { show } from './window.ts';

type Options = ComposeOptions & { readonly log: (line: string) => void };

/** An exception while the parts are put together is a defect, but the person still gets a sentence in a window. */
async function composeSafely(options: Options): Promise<Result<Composition>> {
  try {
    return await compose(options);
  } catch (error) {
    const id = randomUUID();
    options.log(`internal ${id} while the site was opened: ${describeDefect(error, [])}`);
    return failed(failure('internal', { id }));
  }
}

/** The options of the start with another site; a port or a number of controllers is that of the training site. */
export function optionsFor(site: ChosenSite, { siteId, profilePath, trainingOnly, ...options }: Options): Options {
  if (site !== undefined) return site === null ? options : { ...options, siteId: site };
  return {
    ...options,
    ...(siteId === undefined ? {} : { siteId }),
    ...(profilePath === undefined ? {} : { profilePath }),
    ...(trainingOnly === undefined ? {} : { trainingOnly }),
  };
}

/**
 * Opens the site behind the window while the page already loads; the page's calls wait for it. A site that cannot be
 * opened is told in the window, with what to do, instead of the page.
 */
export function openSite(window: BrowserWindow, protocol: AppProtocol, options: Options): () => Closing | undefined {
  const site: SiteInWindow<Server<FrameSender>> = new SiteInWindow({
    compose: async (chosen) =>
      await composeSafely({ ...optionsFor(chosen, options), openSite: async (id) => await site.open(id) }),
    serve: (composition) => {
      const { handlers } = composition;
      const server = createServer({ handlers, isTrusted: trustsMainFrameOf(window), log: options.log });
      composition.subscribe(pushTo(window, server));
      return server;
    },
    reload: () => {
      if (!window.isDestroyed()) window.webContents.reload();
    },
  });
  const tellFailure = async () => {
    const server = await site.server();
    if (server.ok) return;
    protocol.setFailure(server.error);
    show(window, failureAddress, options.log);
  };
  void tellFailure();
  answerCalls(async () => await site.server());
  return () => (site.isOpen() ? site : undefined);
}
