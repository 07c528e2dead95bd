import { createHash } from 'node:crypto';
import type { ProfileDifference } from '#shared/sites.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How much of a value is shown; of a longer one, a certificate, its digest says that it is another one. */
const mostShown = 300;

function shown(value: unknown): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= mostShown) return text;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${text.slice(0, 60)}… (${text.length} characters, SHA-256 ${digest}…)`;
}

function childrenOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (Array.isArray(value)) return new Map((value as unknown[]).map((each, index) => [String(index), each]));
  return isObject(value) ? new Map(Object.entries(value)) : undefined;
}

/** Every place where two profiles differ, with both values; null on the side that does not have it. */
export function differencesOf(left: unknown, right: unknown, path: readonly string[] = []): ProfileDifference[] {
  const [lefts, rights] = [childrenOf(left), childrenOf(right)];
  const sameKind = Array.isArray(left) === Array.isArray(right);
  if (lefts !== undefined && rights !== undefined && sameKind)
    return [...new Set([...lefts.keys(), ...rights.keys()])].flatMap((key) =>
      differencesOf(lefts.get(key), rights.get(key), [...path, key]),
    );
  if (JSON.stringify(left) === JSON.stringify(right)) return [];
  return [{ path: path.join('.'), left: shown(left), right: shown(right) }];
}
