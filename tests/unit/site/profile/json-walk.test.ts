import { describe, expect, it } from 'vitest';
import { JsonError, deepestNesting, walkJson } from '#electron/site/profile/json-walk.ts';
import { storedProfile } from './stored-profile.ts';

function walked(text: string): 'json' | JsonError {
  try {
    walkJson(text);
    return 'json';
  } catch (error) {
    if (error instanceof JsonError) return error;
    throw error;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const pieces = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\n',
  '\u0000',
  '0',
  '-',
  '.',
  'e',
  'true',
  ' ',
  '\ufeff',
  '\u00a0',
];

/** The text with one character taken out, doubled or replaced, at every place. */
function* damaged(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 1) {
    yield text.slice(0, at) + text.slice(at + 1);
    yield text.slice(0, at);
    const piece = pieces[at % pieces.length] ?? '';
    yield text.slice(0, at) + piece + text.slice(at);
    yield text.slice(0, at) + piece + text.slice(at + 1);
  }
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('The walk through JSON', () => {
  it('takes and refuses exactly what JSON.parse does, at every place where a profile can be damaged', () => {
    const text = JSON.stringify(
      { ...storedProfile, numbers: [0, -0.5e7, 1e9], escapes: '\u2028"\\\n\ud83d\ude00' },
      null,
      1,
    );
    let refused = 0;
    for (const each of damaged(text)) {
      const isJson = walked(each) === 'json';
      if (!isJson) refused += 1;
      if (isJson !== parses(each)) expect.fail(`JSON.parse judges otherwise: ${JSON.stringify(each)}`);
    }
    expect(refused).toBeGreaterThan(1000);
  });

  it.each([
    '01',
    '1.',
    '.5',
    '+1',
    '-',
    '1e',
    'NaN',
    'undefined',
    "'a'",
    '"\\x"',
    '"\\u12g4"',
    '[1,]',
    '{"a":1,}',
    '{a:1}',
    '// c\n1',
  ])('refuses %s as JSON.parse does', (text) => {
    expect(parses(text)).toBe(false);
    expect(walked(text)).toBeInstanceOf(JsonError);
  });

  it.each([
    ['{"a" 1}', 5, '":" belongs here, not "1"'],
    ['{"a":1 "b":2}', 7, '"," or "}" belongs here, not """'],
    ['[1 2]', 3, '"," or "]" belongs here, not "2"'],
    ['{"a":}', 5, 'a value belongs here, not "}"'],
    ['{"a":tru}', 5, 'a value belongs here, not "t"'],
    ['{"a":"b', 5, 'this text has no end: a double quote is missing'],
    ['{"a":1', 6, '"," or "}" belongs here, but the file ends'],
    ['1 2', 2, 'nothing more belongs here, not "2"'],
    ['  ', 0, 'the file is empty, and "{" belongs here'],
    ['[\u202e]', 1, 'a value belongs here, not "\\u{202e}"'],
  ])('says of %j where it stops being JSON, and what belongs there', (text, offset, message) => {
    expect(walked(text)).toMatchObject({ offset, message });
  });

  it('names every key that stands in one object twice, also where it is written in another way', () => {
    const text = '{"a":1,"b":[{"c":1,"\\u0063":2}],"a":{"c":1},"__proto__":1,"__proto__":2}';
    expect(walkJson(text).duplicates).toEqual([['b', 0, 'c'], ['a'], ['__proto__']]);
  });

  it('goes no deeper than it may, however deep the text is', () => {
    expect(walked(nested(deepestNesting))).toBe('json');
    expect(walked(nested(deepestNesting + 2))).toMatchObject({ kind: 'size' });
    expect(walked('{"a":'.repeat(100_000))).toMatchObject({ kind: 'size' });
  });
});
