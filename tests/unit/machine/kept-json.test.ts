import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { keptJson } from '#electron/machine/kept-json.ts';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-kept-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const kept = () => keptJson(join(folder, 'value.json'), z.strictObject({ since: z.string() }));

describe('A value that is kept', () => {
  it('is none at first, is read by the next process, and can be forgotten, twice', async () => {
    expect(valueOf(await kept().read())).toBeUndefined();
    valueOf(await kept().keep({ since: 'today' }));
    expect(valueOf(await kept().read())).toEqual({ since: 'today' });
    valueOf(await kept().keep({ since: 'now' }));
    expect(valueOf(await kept().read())).toEqual({ since: 'now' });
    valueOf(await kept().forget());
    valueOf(await kept().forget());
    expect(valueOf(await kept().read())).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['cut short', '{"since": "tod'],
    ['empty', ''],
    ['of another shape', '{"since": 3}'],
    ['with more than belongs there', '{"since": "today", "until": "tomorrow"}'],
  ])('that is %s is damaged, and stays as it is', async (_what, content) => {
    await writeFile(join(folder, 'value.json'), content, { mode: 0o600 });
    expect(codeOf(await kept().read())).toBe('journal-damaged');
  });

  it('that others can write is not believed', async () => {
    valueOf(await kept().keep({ since: 'today' }));
    await chmod(join(folder, 'value.json'), 0o666);
    expect(codeOf(await kept().read())).toBe('file-unsafe');
  });
});
