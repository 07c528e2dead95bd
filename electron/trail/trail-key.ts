import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { fileErrorCode, fileFailure } from '#electron/machine/file-failure.ts';
import { writeFileDurably } from '#electron/machine/write-file-durably.ts';

/** Signs seals. Whoever can read the private half can forge them: see `openTrailKey`. */
export interface TrailKey {
  /** Base64 of the SubjectPublicKeyInfo. */
  readonly publicKey: string;
  sign(bytes: Uint8Array): Uint8Array;
}

function trailKeyOf(privateKey: KeyObject): TrailKey {
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64');
  return { publicKey, sign: (bytes) => sign(null, bytes, privateKey) };
}

/** A key that lives as long as this process. */
export function createTrailKey(): TrailKey {
  return trailKeyOf(generateKeyPairSync('ed25519').privateKey);
}

async function readKey(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The signing key of this state folder, made at first use. It stands in a file that only this account can read (0600),
 * not in the keychain, so that the trail works while the keychain is locked: a seal shows that the trail was not
 * altered by somebody without this account's rights, and no more. Only the head kept in the site database shows more.
 */
export async function openTrailKey(path: string): Promise<Result<TrailKey>> {
  try {
    const kept = await readKey(path);
    if (kept !== undefined) {
      try {
        return succeed(trailKeyOf(createPrivateKey(kept)));
      } catch {
        return failed(failure('state-folder-unusable', { path, cause: 'it does not hold a signing key' }));
      }
    }
    const { privateKey } = generateKeyPairSync('ed25519');
    const written = await writeFileDurably(path, privateKey.export({ format: 'pem', type: 'pkcs8' }));
    return written.ok ? succeed(trailKeyOf(privateKey)) : written;
  } catch (error) {
    return failed(fileFailure(path, error));
  }
}
