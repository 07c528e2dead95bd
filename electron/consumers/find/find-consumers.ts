import { basename, extname } from 'node:path';
import { consumerSchema } from '#shared/consumer-profile.ts';
import type { ConsumerProfile, ConsumerProposal } from '#shared/consumer-profile.ts';
import { plainText } from '#shared/shown-text.ts';
import type { Secret } from '#shared/secret.ts';
import { fileCause } from '#electron/machine/file-failure.ts';
import { locateCredential } from '../credential.ts';
import { isRefusal } from '../located-value.ts';
import { encryptedAdvice } from '../opaque.ts';
import { decodeText } from '../text-encoding.ts';
import { bytesOf, filesIn, usualLimits } from './files-in.ts';
import type { LeftOut, SearchLimits } from './files-in.ts';
import type { FoundOpaque, FoundValue } from './found-value.ts';
import { foundInJson } from './in-json.ts';
import { foundInEnv, foundInIni, foundInUdl } from './in-lines.ts';
import { foundInXml } from './in-xml.ts';

export interface FindOptions {
  /** Folders and files, with their whole paths: those of the known consumers and of the services' programs. */
  readonly places: readonly string[];
  /** The logins of the profile. */
  readonly logins: readonly string[];
  /** The passwords that Mortise knows; compared, never shown. */
  readonly known: readonly Secret[];
  /** What the profile describes already: left out of the proposals. */
  readonly described?: readonly ConsumerProfile[];
  readonly limits?: SearchLimits;
}

export interface FoundConsumers {
  readonly proposals: readonly ConsumerProposal[];
  /** What could not be looked at: the search says nothing of it. */
  readonly left: readonly LeftOut[];
}

/**
 * Looks for copies of passwords in configuration files and proposes each, ready for the profile where a kind fits.
 * Changes nothing and never answers a password, nor a text of the file that may be a part of one.
 */
export async function findConsumers(options: FindOptions): Promise<FoundConsumers> {
  const limits = options.limits ?? usualLimits;
  const { files, left: outside } = await filesIn(options.places, limits);
  const left = [...outside];
  const proposals: ConsumerProposal[] = [];
  const ids = new Set(options.described?.map(({ id }) => id));
  for (const path of files) {
    try {
      const encoded = decodeText(await bytesOf(path, limits.bytes));
      if (encoded === undefined) left.push({ place: path, why: 'its encoding is not known' });
      else proposals.push(...proposalsIn(path, encoded.text, options, ids));
    } catch (error) {
      left.push({ place: path, why: fileCause(error) });
    }
  }
  return { proposals, left };
}

function foundIn(path: string, text: string): readonly (FoundValue | FoundOpaque)[] {
  const extension = extname(path).toLowerCase();
  if (/^\s*<[?!\w]/.test(text)) return foundInXml(text);
  if (/^\s*(?:[{[]\s*["{[\]}/\d]|\/[/*])/.test(text) && !/^\s*\[[^"\]]*\]\s*$/m.test(text)) return foundInJson(text);
  if (extension === '.udl') return foundInUdl(text);
  return extension === '.env' || /^\.env(?:\.|$)/.test(basename(path)) ? foundInEnv(text) : foundInIni(text);
}

function proposalsIn(path: string, text: string, options: FindOptions, ids: Set<string>): readonly ConsumerProposal[] {
  return foundIn(path, text).flatMap((found): ConsumerProposal[] => {
    const line = text.slice(0, found.at).split('\n').length;
    const at = { place: path, line, kind: found.kind };
    if ('why' in found) return [{ ...at, login: null, holds: 'opaque', entry: null, why: found.why }];
    if (options.described?.some((each) => isSamePlace(each, path, found)) === true) return [];
    const located = locateCredential(text, found.format, found.holds);
    if (isRefusal(located)) {
      const isOpaque = located.why === encryptedAdvice;
      const why = isOpaque
        ? 'What stands there looks encrypted: describe it as a command or a person.'
        : `It looks like a credential, but cannot be replaced there: ${located.why}.`;
      return [{ ...at, login: null, holds: isOpaque ? 'opaque' : 'another', entry: null, why }];
    }
    const login = located.login ?? loginBeside(text, found);
    const isKnown = options.known.some((secret) => secret.reveal() !== '' && secret.reveal() === located.password);
    const named = options.logins.find((each) => each.toLowerCase() === login?.toLowerCase());
    return [
      {
        ...at,
        login: named ?? login,
        holds: isKnown ? 'known secret' : 'another',
        entry: login === null ? null : entryFor(path, found, named ?? login, ids),
        why: reasonFor(found, login, named, isKnown),
      },
    ];
  });
}

/** What describes a place, in one order, whatever it is called and whoever logs in there. */
function placeText(described: object): string {
  const parts = Object.entries(described).filter(([key]) => key !== 'id' && key !== 'login');
  return JSON.stringify(parts.toSorted(([a], [b]) => a.localeCompare(b)));
}

const isSamePlace = (described: ConsumerProfile, path: string, found: FoundValue) =>
  placeText(described) === placeText({ ...found.described, path });

/** Null where it is no name that could be one. */
function loginBeside(text: string, { loginFormat }: FoundValue): string | null {
  const located = loginFormat?.locate(text);
  if (located === undefined || isRefusal(located)) return null;
  const { value } = located;
  return value !== '' && value.length <= 128 && plainText.test(value) ? value : null;
}

function entryFor(path: string, found: FoundValue, login: string, ids: Set<string>): ConsumerProfile | null {
  const wanted = `${basename(path)} ${found.name}`.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
  const base = wanted.slice(0, 58).toLowerCase();
  let id = base;
  for (let number = 2; ids.has(id); number += 1) id = `${base}-${number}`;
  const parsed = consumerSchema.safeParse({ ...found.described, id, path, login });
  if (!parsed.success) return null;
  ids.add(id);
  return parsed.data;
}

function reasonFor(found: FoundValue, login: string | null, named: string | undefined, isKnown: boolean): string {
  const what =
    found.holds === 'connection-string'
      ? 'It is a connection string with a password'
      : 'Its name says that it is a password';
  const whose =
    login === null
      ? 'whose login does not stand beside it'
      : named === undefined
        ? 'of a login that the profile does not name'
        : 'of a login of the profile';
  return `${what} ${whose}, ${isKnown ? 'and the one that Mortise knows' : 'and another one than Mortise knows'}.`;
}
