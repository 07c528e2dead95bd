import { envValue } from '../env-value.ts';
import { iniValue } from '../ini-value.ts';
import { linesOf } from '../line-value.ts';
import { udlValue } from '../udl-value.ts';
import { isLoginName, isPasswordName, looksLikeConnectionString } from './found-value.ts';
import type { FoundValue } from './found-value.ts';

interface Pair {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly at: number;
}

function pairsOf(text: string): readonly Pair[] {
  let section = '';
  return linesOf(text).flatMap((line): Pair[] => {
    const title = /^\s*\[([^\]]*)\]/.exec(line.text)?.[1];
    if (title !== undefined) {
      section = title.trim();
      return [];
    }
    const [, key, value] = /^\s*(?:export\s+)?([^=;#\s][^=]*?)\s*=\s*(.*)$/.exec(line.text) ?? [];
    return key === undefined || value === undefined ? [] : [{ section, key, value: value.trim(), at: line.start }];
  });
}

/** What a pair holds, by its value and name; undefined for one that is no credential. */
function holdsOf({ key, value }: Pair): 'connection-string' | 'password' | undefined {
  const bare = value.replace(/^(["'])(.*)\1$/, '$2');
  if (looksLikeConnectionString(bare)) return 'connection-string';
  return isPasswordName(key) && bare !== '' ? 'password' : undefined;
}

/** The login of the same section, where there is one. */
function loginOf(pairs: readonly Pair[], { section }: Pair): string | null {
  const logins = pairs.filter((each) => each.section === section && isLoginName(each.key));
  return logins.length === 1 ? (logins[0]?.key ?? null) : null;
}

export function foundInIni(text: string): readonly FoundValue[] {
  const pairs = pairsOf(text);
  return pairs.flatMap((pair): FoundValue[] => {
    const { section, key, at } = pair;
    const holds = holdsOf(pair);
    if (holds === undefined) return [];
    const loginKey = holds === 'password' ? loginOf(pairs, pair) : null;
    return [
      {
        kind: 'ini',
        at,
        name: key,
        holds,
        format: iniValue(section, key),
        loginFormat: loginKey === null ? null : iniValue(section, loginKey),
        described: { kind: 'ini', section, key, holds, loginKey },
      },
    ];
  });
}

export function foundInEnv(text: string): readonly FoundValue[] {
  const pairs = pairsOf(text);
  return pairs.flatMap((pair): FoundValue[] => {
    const { key, at } = pair;
    const holds = holdsOf(pair);
    if (holds === undefined) return [];
    const loginVariable = holds === 'password' ? loginOf(pairs, pair) : null;
    return [
      {
        kind: 'env',
        at,
        name: key,
        holds,
        format: envValue(key),
        loginFormat: loginVariable === null ? null : envValue(loginVariable),
        described: { kind: 'env', variable: key, holds, loginVariable },
      },
    ];
  });
}

export function foundInUdl(text: string): readonly FoundValue[] {
  const line = linesOf(text).find((each) => looksLikeConnectionString(each.text));
  if (line === undefined) return [];
  const format = udlValue();
  const { start } = line;
  return [
    {
      kind: 'udl',
      at: start,
      name: 'udl',
      holds: 'connection-string',
      format,
      loginFormat: null,
      described: { kind: 'udl' },
    },
  ];
}
