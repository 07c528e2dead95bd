import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Content types of what a build of the renderer holds; a file of any other kind is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface PageFiles {
  /** The file at a URL's path (`/` is index.html), or undefined. Nothing outside the folder can be named. */
  readonly read: (urlPath: string) => Promise<PageFile | undefined>;
}

/**
 * The built page. The folder is listed once and requests are looked up in that list by their exact URL path, so that
 * there is no path to traverse; symbolic links are not listed. `%NONCE%` in HTML is left to whoever sends it.
 */
export function openPageFiles(root: string): PageFiles {
  const files = new Map<string, string>();
  const list = (folder: string, urlFolder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const place = path.join(folder, entry.name);
      const url = `${urlFolder}/${encodeURIComponent(entry.name)}`;
      if (entry.isDirectory()) list(place, url);
      else if (entry.isFile() && path.extname(entry.name) in contentTypes) files.set(url, place);
    }
  };
  list(root, '');
  return {
    read: async (urlPath) => {
      const place = files.get(urlPath === '/' ? '/index.html' : urlPath);
      const contentType = place === undefined ? undefined : contentTypes[path.extname(place)];
      if (place === undefined || contentType === undefined) return undefined;
      return { contentType, body: new Uint8Array(await readFile(place)) };
    },
  };
}
