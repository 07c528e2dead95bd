import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Composition } from '#electron/server/composition.ts';
import type { PageFiles } from '#electron/server/page/page-files.ts';
import { createServer } from '#electron/server/server.ts';
import { pageTransportScript } from './page-script.ts';
import { answerRequest, ownOrigin } from './preview-requests.ts';
import type { PreviewSender } from './preview-socket.ts';
import { listenForTabs } from './preview-socket.ts';
import { PreviewTokens } from './preview-tokens.ts';

export interface PreviewHostOptions {
  readonly composition: Pick<Composition, 'handlers' | 'subscribe'>;
  readonly files: PageFiles;
  readonly log: (line: string) => void;
  /** Called with the next address when one was used. */
  readonly onOpened: (nextAddress: string) => void;
}

export interface PreviewHost {
  readonly port: number;
  /** Opens one tab, once. */
  readonly address: () => string;
  readonly close: () => Promise<void>;
}

/**
 * The page and its calls on a loopback port that the system chooses, for developing without Electron. It listens on
 * 127.0.0.1 alone; what any program on this machine can reach is kept by token, Host and Origin.
 */
export async function startPreviewHost({
  composition,
  files,
  log,
  onOpened,
}: PreviewHostOptions): Promise<PreviewHost> {
  const transport = await pageTransportScript();
  const tokens = new PreviewTokens();
  const http = createHttpServer();
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const address = () => `${ownOrigin(port)}/?token=${tokens.once}`;

  const server = createServer<PreviewSender>({
    handlers: composition.handlers,
    isTrusted: (sender) => sender.known,
    log,
  });
  const answer = answerRequest({ port, files, transport, tokens, onOpened: () => onOpened(address()) });
  http.on('request', (request, response) => {
    answer(request, response).catch(() => {
      response.destroy();
    });
  });
  const tabs = listenForTabs(http, port, tokens, server);
  const unsubscribe = composition.subscribe(tabs.push);

  return {
    port,
    address,
    close: async () => {
      unsubscribe();
      tabs.close();
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
    },
  };
}
