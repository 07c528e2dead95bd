/** Bytes of JSON that one request may carry inwards: many times the largest real one, far below what would stall main. */
export const mostBytesIn = 256 * 1024;

const mostDepth = 32;
const pollutingKeys = new Set(['__proto__', 'constructor', 'prototype']);

export type InputVerdict =
  | { readonly fits: true }
  | { readonly fits: false; readonly because: 'too-large' }
  | { readonly fits: false; readonly because: 'not-plain'; readonly what: string };

class Misfit extends Error {
  readonly verdict: InputVerdict;
  constructor(verdict: InputVerdict) {
    super('misfit');
    this.verdict = verdict;
  }
}

const notPlain = (what: string) => new Misfit({ fits: false, because: 'not-plain', what });

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Judges a request before any schema sees it: only what JSON can say, no deeper than 32, no key that could reach a
 * prototype, and at most `mostBytes` of JSON. It stops counting at the limit, so that a huge or cyclic value costs no
 * more than a large one. (Structured clone, which Electron uses, carries cycles, Maps, Dates and getters' values.)
 */
export function judgeInput(input: unknown, mostBytes: number = mostBytesIn): InputVerdict {
  let bytes = 0;
  const count = (more: number) => {
    bytes += more;
    if (bytes > mostBytes) throw new Misfit({ fits: false, because: 'too-large' });
  };
  const countText = (text: string) => {
    // A cheap lower bound first: a string of a hundred megabytes is not encoded to learn that it is too long.
    if (text.length > mostBytes) count(text.length);
    count(Buffer.byteLength(JSON.stringify(text)));
  };
  const walk = (value: unknown, depth: number): void => {
    if (depth > mostDepth) throw notPlain('it is nested too deeply');
    if (value === null || typeof value === 'boolean') return count(5);
    if (typeof value === 'string') return countText(value);
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw notPlain('it holds a number that is not finite');
      return count(String(value).length);
    }
    if (Array.isArray(value)) {
      count(2 + value.length);
      for (const item of value as unknown[]) walk(item, depth + 1);
      return;
    }
    if (typeof value !== 'object' || !isPlainObject(value)) throw notPlain('it holds something other than plain data');
    count(2);
    for (const key of Reflect.ownKeys(value)) {
      if (typeof key !== 'string') throw notPlain('it holds a key that is not text');
      if (pollutingKeys.has(key)) throw notPlain('it holds a key that is never accepted');
      const described = Object.getOwnPropertyDescriptor(value, key);
      if (described === undefined || !('value' in described)) throw notPlain('it holds a computed property');
      countText(key);
      count(2);
      walk(described.value, depth + 1);
    }
  };
  try {
    walk(input, 0);
    return { fits: true };
  } catch (misfit) {
    if (misfit instanceof Misfit) return misfit.verdict;
    throw misfit;
  }
}
