import { tokenize } from '#electron/training/engine/lexer.ts';
import { parseBatch } from '#electron/training/engine/parse/parse.ts';
import type { Seeded } from './seeded.ts';

/** A script as its words, so that one can be taken away, doubled, moved or put in the place of another. */
type Words = readonly string[];

/** Scripts are kept below this number of words: a fault in a long one hides behind its first. */
const mostWords = 120;

/** The statements of the scripts, each by itself where the training site takes it so, and the scripts. */
function seeds(scripts: readonly string[]): Words[] {
  return scripts.flatMap((script) => {
    const words = wordsOf(script);
    const parts: string[][] = [[]];
    for (const word of words) {
      if (word === ';') parts.push([]);
      else parts.at(-1)?.push(word);
    }
    return [words, ...parts].filter((part) => part.length > 0 && part.length <= mostWords && accepts(part.join(' ')));
  });
}

function wordsOf(script: string): Words {
  return tokenize(script)
    .filter(({ kind }) => kind !== 'end')
    .map(({ start, end }) => script.slice(start, end));
}

export const accepts = (script: string): boolean => parseBatch(script).ok;

/**
 * Variations of the scripts that the training site's parser takes, none of them twice. What it takes is varied again, so
 * that they lead ever further away from what people wrote.
 */
export function* acceptedVariations(scripts: readonly string[], random: Seeded, count: number): Generator<string> {
  const pool = seeds(scripts);
  const seen = new Set(scripts);
  const originals = pool.length;
  for (let found = 0; found < count;) {
    const variation = varied(random, pool);
    const script = variation.join(' ');
    if (variation.length === 0 || variation.length > mostWords || seen.has(script)) continue;
    seen.add(script);
    if (!accepts(script)) continue;
    found += 1;
    yield script;
    if (pool.length < 20 * originals) pool.push(variation);
    else pool[originals + random.below(pool.length - originals)] = variation;
  }
}

/** Signs that a lexer treats in some way of its own. */
const signs: readonly string[] = Array.from(
  `'"[]()-+*/%&|^~=<>!.,;:@#$_\\ \t\n0189eExXnNaéß鍵\u{1f511}\u{a0}\u{2028}\u{200b}\u{feff}\u{ff07}\u{0661}\u{2160}`,
);

/** Variations by single characters, which is where two lexers would differ. */
export function* acceptedSpellings(scripts: readonly string[], random: Seeded, count: number): Generator<string> {
  const pool = seeds(scripts);
  const seen = new Set<string>();
  for (let found = 0; found < count;) {
    const characters = Array.from(random.of(pool).join(' '));
    for (let change = random.below(3); change >= 0; change -= 1)
      characters.splice(random.below(characters.length + 1), random.below(2), ...respelled(random));
    const script = characters.join('');
    if (seen.has(script) || !accepts(script)) continue;
    seen.add(script);
    found += 1;
    yield script;
  }
}

function respelled(random: Seeded): readonly string[] {
  return Array.from({ length: random.below(3) }, () => random.of(signs));
}

function varied(random: Seeded, pool: readonly Words[]): Words {
  let words = random.of(pool);
  for (let change = random.below(3); change >= 0; change -= 1) words = changed(random, words, random.of(pool));
  return words;
}

/** One change; `other` lends words. */
function changed(random: Seeded, words: Words, other: Words): Words {
  const at = random.below(words.length + 1);
  const until = Math.min(words.length, at + 1 + random.below(random.below(4) === 0 ? 8 : 1));
  const from = random.below(other.length);
  const lent = other.slice(from, from + 1 + random.below(random.below(3) === 0 ? 8 : 1));
  switch (random.below(8)) {
    case 0:
      return words.toSpliced(at, until - at);
    case 1:
      return words.toSpliced(at, 0, ...words.slice(at, until));
    case 2:
      return words.toSpliced(at, 0, ...lent);
    case 3:
      return words.toSpliced(at, 1, ...words.slice(at + 1, at + 2), ...words.slice(at, at + 1)).toSpliced(at + 2, 1);
    // The same item of a list once more.
    case 4:
      return words.toSpliced(until, 0, ',', ...words.slice(at, until));
    default:
      return words.toSpliced(at, until - at, ...lent);
  }
}
