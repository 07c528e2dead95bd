import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptedScripts } from '#tests/unit/engine/accepted-scripts.ts';
import { catalogueTexts } from './generated-texts.ts';
import { buildLimit, MicrosoftParser, type Question } from './microsoft-parser.ts';
import { findPeer, withPeer } from './peer.ts';
import { sampleProfiles } from './sample-profiles.ts';
import { acceptedSpellings, acceptedVariations, accepts } from './script-variations.ts';
import { Seeded } from './seeded.ts';

/** What the tests of the training site's parser rest on. */
const scripts = Object.values(acceptedScripts).flat();
/** And all that Mortise sends. */
const corpus = [
  ...new Set([
    ...scripts,
    ...Object.values(sampleProfiles).flatMap((profile) => catalogueTexts(profile).map(({ text }) => text)),
  ]),
];

/** The training site plays a newer version than the newest grammar that this parser knows. */
function* asked(texts: Iterable<string>): Generator<Question> {
  for (const text of texts) yield { version: 150, text, parts: false };
}

describe("Whatever the training site's parser takes, Microsoft's takes too", () => {
  it('in a corpus that the training site takes as a whole', () => {
    expect(corpus.length).toBeGreaterThan(100);
    expect(corpus.filter((script) => !accepts(script))).toEqual([]);
  });

  withPeer(findPeer('dotnet'), (dotnet) => {
    let parser: MicrosoftParser;
    beforeAll(async () => {
      parser = await MicrosoftParser.start(dotnet);
    }, buildLimit);
    afterAll(() => parser.close());

    async function refused(texts: Iterable<string>): Promise<{ count: number; refused: unknown[] }> {
      const found: { readonly text: string; readonly errors: readonly string[] }[] = [];
      const count = await parser.judgeAll(asked(texts), ({ text }, { errors }) => {
        if (errors.length > 0) found.push({ text, errors });
      });
      return { count, refused: found.toSorted((a, b) => a.text.length - b.text.length).slice(0, 5) };
    }

    it('in what people wrote', async () => {
      expect(await refused(corpus)).toEqual({ count: corpus.length, refused: [] });
    });

    // Sixty thousand with words taken away, doubled, moved and exchanged.
    for (const seed of [1, 2, 3]) {
      it(`in 20,000 variations by words (seed ${seed})`, async () => {
        const variations = acceptedVariations(scripts, new Seeded(seed), 20_000);
        expect(await refused(variations)).toEqual({ count: 20_000, refused: [] });
      });
    }

    it('in 20,000 variations by characters', async () => {
      const spellings = acceptedSpellings(scripts, new Seeded(4), 20_000);
      expect(await refused(spellings)).toEqual({ count: 20_000, refused: [] });
    });
  });
});
