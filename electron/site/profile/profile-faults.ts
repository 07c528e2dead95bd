import type { z } from 'zod';
import type { ProfileFault } from '#shared/site-profile.ts';
import { firstUnshowable, shownText } from '#shared/shown-text.ts';
import { inside, keysAt, schemaAt } from './profile-schema.ts';

/** The most faults that are listed; a hostile file can have as many as it has bytes. */
const mostFaults = 200;

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** `services.1.name`, whatever the keys hold. */
export const pathText = (path: Path): string => shownText(path.map(String).join('.'), 300);

/** What zod says of a profile's shape, in sentences that say what to write there. One fault a place. */
export function shapeFaults(issues: readonly Issue[], profile: unknown): readonly ProfileFault[] {
  return issues.flatMap((issue) => faultsOf(issue, profile));
}

/** One fault a place, the first; and no more than anybody reads. */
export function listed(faults: readonly ProfileFault[]): readonly ProfileFault[] {
  const places = new Set<string>();
  const each = faults.filter(({ path }) => {
    const isFirst = !places.has(path);
    places.add(path);
    return isFirst;
  });
  if (each.length <= mostFaults) return each;
  const more = each.length - mostFaults;
  const sentence = `There ${more === 1 ? 'is 1 more fault' : `are ${more} more faults`}: correct these first.`;
  return [...each.slice(0, mostFaults), { code: 'size', path: '', sentence }];
}

function faultsOf(issue: Issue, profile: unknown): readonly ProfileFault[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key, profile));
  const value = issue.path.reduce(inside, profile);
  const fault = (code: ProfileFault['code'], what: string): ProfileFault => ({
    code,
    path: pathText(issue.path),
    sentence: `${what}${whatBelongs(issue.path, profile)}`,
  });
  if (value === undefined) return [fault('missing', 'This is missing.')];
  if (value === '') return [fault('missing', 'This is empty.')];
  switch (issue.code) {
    case 'invalid_type':
      // A number that is not whole is the same issue to zod.
      return typeof value === 'number' && ['int', 'number'].includes(issue.expected)
        ? [fault('range', 'This number does not fit.')]
        : [fault('type', `Here stands ${kindOf(value)}.`)];
    case 'too_small':
      return Array.isArray(value) && value.length === 0
        ? [fault('missing', 'This is empty.')]
        : [fault('range', isText(value) ? 'This is too short.' : 'This number does not fit.')];
    case 'too_big':
      return [fault('range', tooBig(value, issue.maximum))];
    case 'invalid_format':
      return [formFault(issue.path, value, fault)];
    case 'invalid_value':
    case 'invalid_union':
      return isText(value) || typeof value === 'number'
        ? [fault('form', isText(value) ? standing(value) : `Here stands ${value}.`)]
        : [fault('type', `Here stands ${kindOf(value)}.`)];
    default:
      return [fault('form', 'This does not fit.')];
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

function tooBig(value: unknown, most: number | bigint): string {
  if (isText(value)) return `This is ${value.length} characters long, and ${most} fit.`;
  if (Array.isArray(value)) return `This list has ${value.length} entries, and ${most} fit.`;
  return 'This number does not fit.';
}

function formFault(
  path: Path,
  value: unknown,
  fault: (code: ProfileFault['code'], what: string) => ProfileFault,
): ProfileFault {
  const isCertificate = path.at(-1) === 'certificate';
  const found = isText(value) && !isCertificate ? firstUnshowable(value) : undefined;
  if (found !== undefined)
    return fault(
      'text',
      `Character ${found.at} is ${found.name}, which acts on a screen or cannot be seen: write this without it.`,
    );
  if (isCertificate) return fault('form', 'This is no certificate.');
  return fault('form', isText(value) ? standing(value) : 'This does not fit.');
}

/** What stands there, unless it looks like a connection string, which has a password in it. */
const standing = (value: string) =>
  /[=;]/.test(value) ? 'What stands here does not fit.' : `Here stands "${shownText(value)}".`;

/** The sentence that says what to write, from the description that the JSON Schema has for editors. */
function whatBelongs(path: Path, profile: unknown): string {
  // Where no branch of a choice was chosen, the choice itself says what belongs there.
  const description = (schemaAt(path, profile) ?? schemaAt(path.slice(0, -1), profile))?.description;
  return description === undefined ? '' : ` What belongs here: ${lowerFirst(description)}`;
}

/** An article in the middle of a sentence; names in capitals stay. */
const lowerFirst = (text: string) =>
  /^(?:A|An|The|One|How|Where|What|When) /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return String(value);
    default:
      return 'an object';
  }
}

/** A key that a profile does not have. Its value is not shown: it may be a password. */
function unknownKey(path: Path, key: string, profile: unknown): ProfileFault {
  const keys = keysAt(path, profile);
  const meant = nearest(key, keys);
  const advice =
    meant === undefined ? `take it out. What may stand here: ${keys.join(', ')}.` : `write "${meant}", or take it out.`;
  return { code: 'unknown-key', path: pathText([...path, key]), sentence: `"${shownText(key)}" is unknown: ${advice}` };
}

/** The key that is at most two slips away; a different case is none. */
function nearest(key: string, keys: readonly string[]): string | undefined {
  if (key.length > 60) return undefined;
  const ranked = keys
    .map((each) => ({ each, slips: slips(key.toLowerCase(), each.toLowerCase()) }))
    .toSorted((a, b) => a.slips - b.slips);
  const [best] = ranked;
  return best !== undefined && best.slips <= 2 ? best.each : undefined;
}

/** How many characters must be added, taken out or replaced (Levenshtein). */
function slips(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, character] of from.split('').entries()) {
    const next = [index + 1];
    for (const [at, other] of to.split('').entries())
      next.push(Math.min((row[at] ?? 0) + (character === other ? 0 : 1), (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    row = next;
  }
  return row.at(-1) ?? 0;
}
