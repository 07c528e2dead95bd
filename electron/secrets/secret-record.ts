import { z } from 'zod';
import { Secret } from '#shared/secret.ts';
import type { SecretRecord } from './secret-store.ts';

/** The most that one entry of the Windows Credential Manager holds: CRED_MAX_CREDENTIAL_BLOB_SIZE (wincred.h). */
export const longestRecordBytes = 5 * 512;

const secretSchema = z.string().nullable();
const recordSchema = z.strictObject({
  version: z.literal(1),
  current: secretSchema,
  pending: secretSchema,
  previous: secretSchema,
});

const revealed = (secret: Secret | null) => secret?.reveal() ?? null;
const hidden = (kept: string | null) => (kept === null ? null : new Secret(kept));

/** The text that is kept. It holds the passwords in the clear: nothing but a secret store may have it. */
export function encodeRecord(record: SecretRecord): string {
  const { version, current, pending, previous } = record;
  return JSON.stringify({
    version,
    current: revealed(current),
    pending: revealed(pending),
    previous: revealed(previous),
  });
}

/** Undefined for a text that is not a record, or is one of a version that is not known here. */
export function decodeRecord(text: string): SecretRecord | undefined {
  try {
    const parsed = recordSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return undefined;
    const { version, current, pending, previous } = parsed.data;
    return { version, current: hidden(current), pending: hidden(pending), previous: hidden(previous) };
  } catch {
    return undefined;
  }
}

/** Whether it fits an entry of every keychain, so that a record made on one system is not too long on another. */
export function fitsKeychain(text: string): boolean {
  return Buffer.byteLength(text, 'utf8') <= longestRecordBytes;
}
