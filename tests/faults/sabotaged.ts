import { Seeded } from '#tests/peers/seeded.ts';
import { allFaults } from './fault-columns.ts';
import { caught } from './run-report.ts';
import type { RunReport } from './run-report.ts';
import type { Saboteur } from './saboteurs.ts';
import { tornRun } from './torn/torn-run.ts';
import { transitionName, transitions } from './transitions.ts';

/** How a saboteur fared in the matrix. */
export interface Sabotaged {
  readonly name: string;
  readonly runs: number;
  readonly caught: number;
  /** What gave it away most often, with how often; "survived" is the absence of any. */
  readonly by: readonly { readonly what: string; readonly times: number }[];
  readonly firstIn: string | undefined;
}

/** Caught so often, it is caught: the rest of the matrix would only take time. */
const enough = 25;
/** Caught less often in one pass through the matrix, it gets another one, with other chances. */
const clearly = 5;
const mostPasses = 5;

const cells = transitions.flatMap((transition) => allFaults.map((fault) => ({ transition, fault })));

/** Runs a broken protocol through the matrix, with the very seeds that the sound one passes. */
export async function runSabotaged({ name, sabotage }: Saboteur, seedOf: (cell: number) => number): Promise<Sabotaged> {
  const reasons = new Map<string, number>();
  let firstIn: string | undefined;
  let runs = 0;
  let times = 0;
  for (let pass = 0; pass < mostPasses && times < (pass === 0 ? enough : clearly); pass += 1) {
    for (const { transition, fault } of cells) {
      if (times >= enough) break;
      const report = await tornRun({ transition, fault, chance: new Seeded(seedOf(runs)), sabotage });
      runs += 1;
      // A run that the saboteur itself kept from its transition tells nothing.
      if (!report.reached || !caught(report)) continue;
      firstIn ??= `${transitionName(transition)}, ${fault}`;
      times += 1;
      const what = reasonOf(report);
      reasons.set(what, (reasons.get(what) ?? 0) + 1);
    }
  }
  const by = [...reasons].map(([what, times]) => ({ what, times })).toSorted((a, b) => b.times - a.times);
  return { name, runs, caught: times, by, firstIn };
}

function reasonOf({ lockedOut, faults, story }: RunReport): string {
  if (!lockedOut) return faults[0] ?? 'no end';
  const line = story.find((each) => each.startsWith('LOCKED OUT')) ?? '';
  return `lock-out: ${line.slice(line.indexOf(': ') + 2)}`;
}
