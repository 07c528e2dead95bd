import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newStateFolder, openMortise, removeStateFolder, valueOf } from './open-mortise.ts';
import type { OpenMortise } from './open-mortise.ts';

describe('An assessment of the training site, over the real composition', () => {
  let mortise: OpenMortise;
  let stateFolder = '';
  beforeAll(async () => {
    stateFolder = await newStateFolder();
    mortise = await openMortise({ stateFolder });
  });
  afterAll(async () => {
    await mortise.close();
    await removeStateFolder(stateFolder);
  });

  it('reads everything as the run login', async () => {
    const report = valueOf(await mortise.client.assessment.run({ setup: null }));

    expect(report.verdicts.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
    expect(report.findings.filter(({ severity }) => severity === 'unknown')).toEqual([]);
  });
});
