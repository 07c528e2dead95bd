import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { consumerOf } from '#electron/consumers/consumer-of.ts';
import { nobodyToAsk } from '#electron/machine/person-to-ask.ts';
import { causeOf, codeOf, hostilePasswords, valueOf } from './consumer-contract.ts';
import { hostileTexts } from './hostile-texts.ts';
import { kindSamples, samplePassword } from './kind-samples.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-property-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(kindSamples.map((sample, index) => ({ ...sample, index })))(
  'a password in a file of the kind $name',
  ({ file, entry, before, after, encode, holdsAll, index }) => {
    it('is replaced by any other with every byte around it as it was, or refused with the file as it was', async () => {
      await mkdir(join(folder, String(index)));
      const path = join(folder, String(index), file);
      await writeFile(path, encode(before + samplePassword + after));
      const start = encode(before);
      const end = Buffer.from(encode(before + after)).subarray(start.length);
      const consumer = consumerOf({ ...entry, path }, nobodyToAsk);
      let taken = 0;
      let current = samplePassword;
      for (const text of [...hostilePasswords, ...hostileTexts(400)]) {
        const old = await readFile(path);
        const accepted = await consumer.accepts?.(new Secret(text));
        const written = await consumer.write(new Secret(text), valueOf(await consumer.read()).revision);
        const now = await readFile(path);
        expect(accepted?.ok, JSON.stringify(text)).toBe(written.ok);
        if (written.ok) {
          taken += 1;
          current = text;
          expect(now.subarray(0, start.length).equals(start)).toBe(true);
          expect(now.subarray(now.length - end.length).equals(end)).toBe(true);
        } else {
          expect(codeOf(written)).toBe('consumer-unreadable');
          if (text.length > 3 && text !== '{braces}') expect(causeOf(written)).not.toContain(text);
          expect(now.equals(old)).toBe(true);
          if (holdsAll) expect(text).toMatch(/[\p{Cs}\0]/u);
        }
        expect(valueOf(await consumer.read()).secret?.reveal()).toBe(current);
      }
      expect(taken).toBeGreaterThan(30);
    });
  },
);
