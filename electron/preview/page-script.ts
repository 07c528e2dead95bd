import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';
import { noAnswer } from '#electron/server/no-answer.ts';
import { text } from './text.ts';

/** Where the page finds its transport. */
export const transportPath = '/preview-transport.js';

/** The page's transport as a script: the same file that is type-checked here, with its types taken out. */
export async function pageTransportScript(): Promise<Uint8Array<ArrayBuffer>> {
  const source = fileURLToPath(new URL('./page-transport.ts', import.meta.url));
  const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source);
  const start = `startPageTransport(${JSON.stringify(noAnswer)}, ${JSON.stringify(text.noToken)});`;
  return new TextEncoder().encode(`${code}\n${start}\n`);
}

/** Lays the transport before the page's own script. The renderer is the same build as in the window. */
export function withTransport(html: Uint8Array): Uint8Array<ArrayBuffer> {
  const script = `<script type="module" src=".${transportPath}"></script>`;
  return new TextEncoder().encode(new TextDecoder().decode(html).replace('<head>', `<head>${script}`));
}
