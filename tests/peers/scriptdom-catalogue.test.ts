import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogueTexts } from './generated-texts.ts';
import { buildLimit, MicrosoftParser } from './microsoft-parser.ts';
import { findPeer, withPeer } from './peer.ts';
import { sampleProfiles, training } from './sample-profiles.ts';
import { statementTypes } from './statement-types.ts';

const database = fileURLToPath(new URL('../../electron/database', import.meta.url));
const filesOf = (folder: string) =>
  readdirSync(`${database}/${folder}`)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, -'.sql'.length));

describe("The catalogue, as Microsoft's parser reads it", () => {
  const known = catalogueTexts(training).map(({ id }) => id);

  it('has a list that names each of its files, and no list names another', () => {
    expect(known.toSorted()).toEqual([...filesOf('objects'), ...filesOf('statements')].toSorted());
  });

  it('is judged by what each text must consist of', () => {
    expect(Object.keys(statementTypes).toSorted()).toEqual(known.toSorted());
  });

  withPeer(findPeer('dotnet'), (dotnet) => {
    let parser: MicrosoftParser;
    beforeAll(async () => {
      parser = await MicrosoftParser.start(dotnet);
    }, buildLimit);
    afterAll(() => parser.close());

    for (const [site, profile] of Object.entries(sampleProfiles)) {
      for (const version of [130, 150] as const) {
        it(`is one batch of the expected statements for ${site} in the grammar ${version}`, async () => {
          const unexpected: unknown[] = [];
          for (const { id, text } of catalogueTexts(profile)) {
            const { errors, batches } = await parser.judge({ version, text, parts: false });
            const read = batches.map((batch) => batch.map(({ type }) => type).join(' '));
            const expected = statementTypes[id]?.map((type) => `${type}Statement`).join(' ');
            if (read.length !== 1 || read[0] !== expected) unexpected.push({ id, errors, read, expected });
          }
          expect(unexpected).toEqual([]);
        });
      }
    }

    it('is judged by a parser that finds a fault, and sees what a misspelt statement is', async () => {
      const fault = await parser.judge({ version: 130, text: 'SELECT 1 FROM', parts: false });
      expect(fault.errors).toHaveLength(1);
      expect(fault.batches).toEqual([]);
      const misspelt = await parser.judge({ version: 130, text: 'SELEC 1', parts: false });
      expect(misspelt.errors).toEqual([]);
      expect(misspelt.batches).toMatchObject([[{ type: 'ExecuteStatement' }]]);
      const newer = 'CREATE TABLE t (a int) AS NODE';
      expect((await parser.judge({ version: 130, text: newer, parts: false })).errors).toHaveLength(1);
      expect((await parser.judge({ version: 150, text: newer, parts: false })).errors).toEqual([]);
    });
  });
});
