import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Seeded } from '#tests/peers/seeded.ts';
import { allFaults, faultColumns } from './fault-columns.ts';
import { runKilled } from './killed/killed-half.ts';
import type { KilledJob } from './killed/killed-half.ts';
import { otherJobs } from './killed/other-changes.ts';
import { runSabotaged } from './sabotaged.ts';
import type { Sabotaged } from './sabotaged.ts';
import { saboteurs } from './saboteurs.ts';
import { Matrix, printed } from './tally.ts';
import type { Finding } from './tally.ts';
import { tornRun } from './torn/torn-run.ts';
import { transitionName, transitions } from './transitions.ts';

// npm run faults -- --runs N --seed S: every transition of a rotation under every fault, N runs a cell, by turns killed for
// real on a real site and cut off on a disk that tears; then the saboteurs, which must be found out.

const { values: args } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    machines: { type: 'string', default: '5' },
    /** Where the counts go as JSON. */
    json: { type: 'string', default: join(tmpdir(), 'mortise-fault-matrix.json') },
    /** Only one half, or only the saboteurs. */
    only: { type: 'string' },
  },
});
const runs = Number(args.runs);
const seed = Number(args.seed);
/** Half of the runs of each cell, the first of three. */
const isKilled = (run: number) => run < Math.floor(runs / 2);
const wanted = (part: 'killed' | 'torn' | 'saboteurs') => args.only === undefined || args.only === part;

/** Who may write whatever the rights of a file say (root) would never meet a file that is read-only. */
function startAnewWithoutOverride(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const effective = /^CapEff:\s*([\da-f]+)$/mu.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  const overrides = (BigInt(`0x${effective}`) & 2n) !== 0n;
  if (!overrides) return undefined;
  const dropped = ['--inh-caps=-dac_override', '--bounding-set=-dac_override'];
  const started = spawnSync('setpriv', [...dropped, process.execPath, ...process.argv.slice(1)], { stdio: 'inherit' });
  if (started.error !== undefined) throw new Error('Run by root without setpriv: no file is read-only for it.');
  return started.status ?? 1;
}

/** At once, so that a long run can be left early. */
function told({ row, column, half, seed: its, report }: Finding): void {
  const what = [report.lockedOut ? 'locked out' : '', report.reached ? '' : 'never reached', ...report.faults];
  console.log(
    `DOES NOT HOLD: ${row} × ${column}, ${half}, seed ${its}: ${what.filter((each) => each !== '').join('; ')}`,
  );
  for (const line of report.story) console.log(`    ${line}`);
}

async function main(): Promise<number> {
  // Each run starts processes; what they are compiled to is kept for the next ones.
  process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'mortise-faults-compiled');
  process.env['NODE_OPTIONS'] = `--import ${new URL('./without-cloud.mjs', import.meta.url).href}`;
  const began = performance.now();
  const matrix = new Matrix(told);
  const thin = new Matrix(told);
  const cells = transitions.flatMap((transition) => allFaults.map((fault) => ({ transition, fault })));
  const seedOf = (cell: number, run: number) => new Seeded(seed * 1_000_003 + cell * 997 + run).below(2 ** 31);
  const passed: string[] = [];
  const timed = async (what: string, act: () => Promise<string>) => {
    const from = performance.now();
    const said = await act();
    passed.push(`${what}: ${said} (${((performance.now() - from) / 1000).toFixed(0)} s)`);
  };

  if (wanted('killed')) {
    const jobs: KilledJob[] = cells.flatMap(({ transition, fault }, cell) =>
      Array.from({ length: runs }, (_, run) => run)
        .filter(isKilled)
        .map((run) => ({
          row: transitionName(transition),
          column: fault,
          seed: seedOf(cell, run),
          one: {
            asked: { change: transition.direction === 'back' ? 'restore' : 'rotate', login: 'acs_service' },
            trigger: { kind: 'record', step: transition.step, moment: transition.moment, login: null },
            fault,
            before: transition.direction === 'back' ? 'a rotation left open after its switch' : 'settled',
          },
        })),
    );
    await timed('killed for real', async () => {
      const who = await runKilled(jobs, Number(args.machines), matrix);
      return `${jobs.length} runs, looked at by ${who}`;
    });
    await timed('other changes, killed for real', async () => {
      const others = otherJobs((cell) => seedOf(cell, 1_000));
      await runKilled(others, Number(args.machines), thin);
      return `${others.length} runs`;
    });
  }
  if (wanted('torn')) {
    await timed('cut off on a disk that tears', async () => {
      let made = 0;
      for (const [cell, { transition, fault }] of cells.entries()) {
        for (let run = 0; run < runs; run += 1) {
          if (isKilled(run)) continue;
          const its = seedOf(cell, run);
          const report = await tornRun({ transition, fault, chance: new Seeded(its) });
          matrix.add({ row: transitionName(transition), column: fault, half: 'torn', seed: its, report });
          made += 1;
        }
        if (transition.direction === 'back') continue;
        const its = seedOf(cell, 2_000);
        const report = await tornRun({ transition, fault, chance: new Seeded(its), byAdministrator: true });
        const row = `${transition.moment} ${transition.step}`;
        thin.add({ row, column: 'reset on a disk that tears: every fault', half: 'torn', seed: its, report });
        made += 1;
      }
      return `${made} runs`;
    });
  }
  const sabotaged: Sabotaged[] = [];
  if (wanted('saboteurs')) {
    await timed('saboteurs', async () => {
      for (const saboteur of saboteurs) sabotaged.push(await runSabotaged(saboteur, (cell) => seedOf(cell, 1)));
      return `${sabotaged.length} broken protocols`;
    });
  }

  const survived = sabotaged.filter((each) => each.caught === 0);
  const findings = [...matrix.findings, ...thin.findings];
  const seconds = (performance.now() - began) / 1000;
  const columns = allFaults.map((fault) => fault);
  console.log(
    'Fault matrix of a rotation: committed/restored(/needs a person) in each cell, "!" with lock-outs where it does not hold',
  );
  console.log(
    printed(matrix.tallies, transitions.map(transitionName), columns).replaceAll(
      /^( {2}[A-Z] {2})(.+)$/gmu,
      (_, head: string, id: string) => `${head}${faultColumns[id as keyof typeof faultColumns] ?? id}`,
    ),
  );
  console.log('\nOther changes of passwords');
  const thinColumns = [...new Set(thin.tallies.map(({ column }) => column))];
  const thinRows = [...new Set(thin.tallies.map(({ row }) => row))];
  if (thinRows.length > 0) console.log(printed(thin.tallies, thinRows, thinColumns));
  if (sabotaged.length > 0) console.log('\nSaboteurs');
  for (const each of sabotaged) {
    const by = each.by.slice(0, 2).map(({ what, times }) => `${what} (${times})`);
    console.log(
      `  ${each.caught > 0 ? 'caught  ' : 'SURVIVED'} ${each.name}: ${each.caught} of ${each.runs} runs${each.firstIn === undefined ? '' : `, first in "${each.firstIn}"`}${by.length > 0 ? `; by ${by.join('; ')}` : ''}`,
    );
  }
  const all = [matrix.total, thin.total];
  const sum = (of: (total: (typeof all)[number]) => number) => all.reduce((value, each) => value + of(each), 0);
  console.log(`\n${passed.join('\n')}`);
  console.log(
    `${matrix.tallies.length} cells, ${sum(({ runs: made }) => made.killed + made.torn)} runs (${sum(({ runs: made }) => made.killed)} killed, ${sum(({ runs: made }) => made.torn)} torn): ` +
      `${sum(({ ends }) => ends.committed)} committed, ${sum(({ ends }) => ends.restored)} restored, ${sum(({ ends }) => ends['needs a person'])} need a person; ` +
      `${sum(({ lockOuts }) => lockOuts)} lock-outs, ${findings.length} runs that do not hold; ${sabotaged.length - survived.length} of ${sabotaged.length} saboteurs caught; seed ${seed}, ${seconds.toFixed(0)} s`,
  );
  writeFileSync(
    args.json,
    JSON.stringify(
      { seed, runs, seconds, matrix: matrix.tallies, otherChanges: thin.tallies, sabotaged, findings },
      null,
      1,
    ),
  );
  console.log(`as JSON: ${args.json}`);
  return findings.length > 0 || survived.length > 0 ? 1 : 0;
}

process.exit(startAnewWithoutOverride() ?? (await main()));
