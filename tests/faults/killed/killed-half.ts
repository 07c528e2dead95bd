import type { KilledCase } from './killed-run.ts';
import { killedRun } from './killed-run.ts';
import { Machine } from './machine.ts';
import { Seeded } from '#tests/peers/seeded.ts';
import type { Matrix } from '../tally.ts';

/** One run to be made on a real site. */
export interface KilledJob {
  readonly row: string;
  readonly column: string;
  readonly seed: number;
  readonly one: Omit<KilledCase, 'chance'>;
}

/** Makes the runs on so many machines at once; answers who looked from outside. */
export async function runKilled(jobs: readonly KilledJob[], machines: number, matrix: Matrix): Promise<string> {
  const waiting = jobs.values();
  let who = '';
  const work = async () => {
    let machine = await Machine.boot();
    who = machine.outside.name;
    for (const { row, column, seed, one } of waiting) {
      const report = await killedRun(machine, { ...one, chance: new Seeded(seed) });
      matrix.add({ row, column, half: 'killed', seed, report });
      // What a run leaves unsettled must not be the next one's beginning.
      if (report.end === undefined || report.lockedOut || report.faults.length > 0 || !report.reached) {
        await machine.remove();
        machine = await Machine.boot();
      }
    }
    await machine.remove();
  };
  await Promise.all(Array.from({ length: machines }, work));
  return who;
}
