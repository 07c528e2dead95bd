import { z } from 'zod';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { SecretRecord } from './secret-store.ts';

/** The version of what is sealed; another one is refused with both numbers. */
export const kitFormat = 1;

/** Everything that another account needs to look after a site's passwords. */
export interface RecoveryKit {
  readonly site: { readonly name: string; readonly endpoint: string };
  readonly madeAt: string;
  readonly madeBy: string;
  readonly logins: readonly { readonly login: string; readonly record: SecretRecord }[];
}

const text = z.string().nullable();
const kitSchema = z.strictObject({
  format: z.literal(kitFormat),
  site: z.strictObject({ name: z.string(), endpoint: z.string() }),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  logins: z.array(z.strictObject({ login: z.string().min(1).max(128), current: text, pending: text, previous: text })),
});

const beginning = 'age-encryption.org/v1\n-> scrypt ';
const armored = '-----BEGIN AGE ENCRYPTED FILE-----';

/** The binary logarithm of scrypt's cost, as age itself has it. */
const usualWorkFactor = 18;

/** A kit is small: what is longer is something else. */
export const largestKit = 256 * 1024;

const revealed = (secret: Secret | null) => secret?.reveal() ?? null;
const hidden = (kept: string | null) => (kept === null ? null : new Secret(kept));

/**
 * Seals a kit with a passphrase in the age format (age-encryption.org/v1, scrypt recipient) as a text, so that any `age -d`
 * opens it too. Takes a second on purpose: so does every guess.
 */
export async function sealKit(
  kit: RecoveryKit,
  passphrase: Secret,
  workFactor: number = usualWorkFactor,
): Promise<string> {
  // Loaded at first use: few ever need it.
  const { armor, Encrypter } = await import('age-encryption');
  const sealer = new Encrypter();
  sealer.setScryptWorkFactor(workFactor);
  sealer.setPassphrase(passphrase.reveal());
  const content: z.infer<typeof kitSchema> = {
    format: kitFormat,
    site: { ...kit.site },
    madeAt: kit.madeAt,
    madeBy: kit.madeBy,
    logins: kit.logins.map(({ login, record }) => ({
      login,
      current: revealed(record.current),
      pending: revealed(record.pending),
      previous: revealed(record.previous),
    })),
  };
  return armor.encode(await sealer.encrypt(`${JSON.stringify(content, null, 2)}\n`));
}

const isAge = (content: Uint8Array) =>
  Buffer.from(content.subarray(0, beginning.length)).toString('latin1') === beginning;

/** The age file itself, whether it stands there as bytes or as text; undefined for a file that is none. */
function unarmored(bytes: Uint8Array): Uint8Array | undefined {
  if (isAge(bytes)) return bytes;
  const lines = Buffer.from(bytes).toString('latin1').trim().split(/\r?\n/);
  if (lines[0] !== armored) return undefined;
  const whole = Buffer.from(
    lines
      .slice(1)
      .filter((line) => !line.startsWith('-----'))
      .join(''),
    'base64',
  );
  return isAge(whole) ? whole : undefined;
}

/** Whether a file is sealed with a passphrase in the age format, as far as can be told without one. */
export const looksLikeKit = (bytes: Uint8Array): boolean => unarmored(bytes) !== undefined;

/**
 * Opens a kit. `kit-not-one` for another file, `kit-passphrase` for a wrong passphrase, `kit-damaged` where it was cut or
 * altered, `kit-version` for what another version of Mortise sealed.
 */
export async function openKit(
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
  passphrase: Secret,
): Promise<Result<RecoveryKit>> {
  const sealed = unarmored(bytes);
  if (sealed === undefined) return failed(failure('kit-not-one', { path }));
  const { Decrypter } = await import('age-encryption');
  const opener = new Decrypter();
  opener.addPassphrase(passphrase.reveal());
  let content: string;
  try {
    content = await opener.decrypt(sealed, 'text');
  } catch (error) {
    // The library's own words for a passphrase that does not fit; everything else is damage.
    const wrong = error instanceof Error && error.message.includes('no identity matched');
    return failed(wrong ? failure('kit-passphrase', { path }) : failure('kit-damaged', { path }));
  }
  return readKit(content, path);
}

function readKit(content: string, path: string): Result<RecoveryKit> {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return failed(failure('kit-not-one', { path }));
  }
  const version = z.looseObject({ format: z.int() }).safeParse(json);
  if (!version.success) return failed(failure('kit-not-one', { path }));
  if (version.data.format !== kitFormat)
    return failed(failure('kit-version', { path, found: version.data.format, format: kitFormat }));
  const kit = kitSchema.safeParse(json);
  if (!kit.success) return failed(failure('kit-damaged', { path }));
  const { site, madeAt, madeBy, logins } = kit.data;
  return succeed({
    site,
    madeAt,
    madeBy,
    logins: logins.map(({ login, current, pending, previous }) => ({
      login,
      record: { version: 1, current: hidden(current), pending: hidden(pending), previous: hidden(previous) },
    })),
  });
}

const shortest = 12;
const differentCharacters = 6;

/** What is wrong with a passphrase, as sentences; empty when nothing is. A sentence of some words is a good one. */
export function judgePassphrase(passphrase: Secret): readonly string[] {
  const characters = Array.from(passphrase.reveal());
  return [
    ...(characters.length < shortest ? [`It has fewer than ${shortest} characters.`] : []),
    ...(new Set(characters).size < differentCharacters
      ? [`It has fewer than ${differentCharacters} different characters.`]
      : []),
    ...(passphrase.reveal().trim() === passphrase.reveal()
      ? []
      : ['It begins or ends with white space, which is easily lost on paper.']),
    ...(/\p{Cc}/u.test(passphrase.reveal()) ? ['It contains a control character.'] : []),
  ];
}
