import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { createFolder } from '#electron/machine/create-folder.ts';
import { replaceFile } from './durable-file.ts';

/** What lies where in a training site's folder. */
export interface SiteFolder {
  readonly path: string;
  /** Which process serves the site, and how it is reached: `attachmentSchema`. */
  readonly attachment: string;
  /** The simulated server's disk. */
  readonly server: string;
  /** Firewall rules, keychain and the like: all that is not SQL Server. */
  readonly machine: string;
  readonly ca: string;
  readonly serverCertificate: string;
  readonly serverKey: string;
  readonly config: string;
  readonly serviceLog: string;
  readonly log: string;
}

export const configFileName = 'AcsService.exe.config';

/** Makes the folder, readable by this account only, if it is not there yet. */
export async function openSiteFolder(folder: string): Promise<SiteFolder> {
  await createFolder(folder);
  return siteFolderAt(await realpath(folder));
}

/**
 * Removes what a process that was killed while it wrote has left over. Only for the one that holds the site's lock:
 * others would take a draft from under the hands of a living process.
 */
export async function removeDrafts(folder: SiteFolder): Promise<void> {
  for (const name of await readdir(folder.path)) {
    if (name.endsWith('.draft')) await rm(join(folder.path, name), { force: true });
  }
}

export function siteFolderAt(path: string): SiteFolder {
  return {
    path,
    attachment: join(path, 'site-folder.json'),
    server: join(path, 'server.json'),
    machine: join(path, 'machine.json'),
    ca: join(path, 'ca.pem'),
    serverCertificate: join(path, 'server.pem'),
    serverKey: join(path, 'server.key'),
    config: join(path, configFileName),
    serviceLog: join(path, 'AcsService.log'),
    log: join(path, 'site.log'),
  };
}

const attachmentSchema = z.object({
  version: z.literal(1),
  processId: z.int(),
  port: z.int(),
  /** The control channel's address: a socket's path, or a named pipe on Windows. */
  control: z.string(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** Says to later Mortises how to attach. Whether the process still lives shows when they try. */
export async function writeAttachment(folder: SiteFolder, attachment: Attachment): Promise<void> {
  await replaceFile(folder.attachment, `${JSON.stringify(attachment, null, 2)}\n`);
}

/** Says that nobody serves the folder any more. */
export async function removeAttachment(folder: SiteFolder): Promise<void> {
  await rm(folder.attachment, { force: true });
}

/** Undefined when no process has said anything, or nothing that this version understands. */
export async function readAttachment(folder: SiteFolder): Promise<Attachment | undefined> {
  try {
    const parsed = attachmentSchema.safeParse(JSON.parse(await readFile(folder.attachment, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Socket paths end at 104 bytes on some systems (sockaddr_un), 108 on Linux. */
const longestSocketPath = 100;

/**
 * Where the control channel opens. In the folder itself; where the folder's path is too long for a socket, in a new
 * folder of this account's own under the system's temporary one; a named pipe on Windows.
 */
export function controlAddress(folder: SiteFolder): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\mortise-training-${fingerprint(folder.path)}`;
  const inside = join(folder.path, 'control.sock');
  if (Buffer.byteLength(inside) <= longestSocketPath) return inside;
  return join(mkdtempSync(join(tmpdir(), 'mortise-training-')), 'control.sock');
}

/** Takes away what `controlAddress` made outside of the folder. */
export async function removeControlAddress(folder: SiteFolder, address: string): Promise<void> {
  if (process.platform === 'win32' || dirname(address) === folder.path) return;
  await rm(dirname(address), { recursive: true, force: true });
}

/** Tells folders apart in the names of things that do not lie in a folder. */
export function fingerprint(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 32);
}
