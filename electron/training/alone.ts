import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultStateFolder } from '#electron/machine/default-paths.ts';
import { practiceLogins, trainingDatabase } from './practice-logins.ts';
import { startTrainingSite } from './start-training-site.ts';
import type { TrainingSite } from './training-site.ts';

/** `npm run training`: the training site on its own, for practising with any SQL client, until Ctrl-C. */

const usage = `npm run training -- [--port PORT] [--folder FOLDER] [--controllers NUMBER] [--reset]

  --port         the port to listen on; left out: the one it had last, or a free one
  --folder       where the site is kept; left out: Mortise's own training site
  --controllers  how many controllers a new site has (24); with --reset also one that is there
  --reset        everything as on the first day`;

class UsageProblem extends Error {}

function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      folder: { type: 'string' },
      controllers: { type: 'string' },
      reset: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    help: values.help,
    reset: values.reset,
    folder: values.folder ?? join(defaultStateFolder(), 'training'),
    port: wholeNumber('--port', values.port, 65_535),
    controllers: wholeNumber('--controllers', values.controllers, 100_000),
  };
}

function wholeNumber(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new UsageProblem(`${name} takes a number from 1 to ${most}.`);
  }
  return value;
}

/** How to connect, for whoever has one of the usual clients at hand. */
function howToConnect({ facts }: TrainingSite): string {
  const { host, port } = facts;
  const [admin] = practiceLogins;
  const as = `-U ${admin?.login ?? ''} -P ${admin?.password ?? ''}`;
  const logins = practiceLogins.map(
    ({ login, password, purpose }) => `  ${login.padEnd(12)} ${password.padEnd(22)} ${purpose}`,
  );
  return [
    `The training site runs: a simulated SQL Server on ${host}, port ${port}, database ${trainingDatabase}.`,
    'It is simulated; it changes nothing on this machine outside of its own folder.',
    '',
    'Logins with the passwords they have at first (published, worthless):',
    ...logins,
    '',
    'Connect with',
    `  sqlcmd   sqlcmd -S ${host},${port} -d ${trainingDatabase} ${as} -N -C`,
    `  tsql     TDSVER=7.4 tsql -H ${host} -p ${port} -D ${trainingDatabase} ${as}`,
    `  others   server ${host}, port ${port}, encryption on, CA certificate as below`,
    '',
    `CA certificate  ${join(facts.folder, 'ca.pem')}`,
    `Service's file  ${facts.configPath}`,
    `Folder          ${facts.folder}`,
    `Process         ${facts.processId}`,
    '',
    'Ctrl-C ends it; what was practised is kept.',
  ].join('\n');
}

async function run(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return 0;
  }
  // Being attached keeps the site running; when this process goes, whatever way, the site follows.
  const started = await startTrainingSite({ ...options, graceMilliseconds: 0 });
  if (!started.ok) {
    console.error(`${started.error.sentence}\n${started.error.next}`);
    return 1;
  }
  const site = started.value;
  if (options.reset) {
    const done = await site.reset(options.controllers);
    if (!done.ok) {
      console.error(done.error.sentence);
      return 1;
    }
  }
  if (options.port !== undefined && options.port !== site.facts.port) {
    console.log(`The site was running already, on its own port. End it first to have it on ${options.port}.\n`);
  }
  console.log(howToConnect(site));

  const interrupted = new Promise<undefined>((resolve) => {
    process.once('SIGINT', () => resolve(undefined));
    process.once('SIGTERM', () => resolve(undefined));
  });
  const stopped = await Promise.race([interrupted, site.stopped]);
  if (stopped !== undefined) {
    console.error(stopped.sentence);
    return 1;
  }
  await site.close();
  return 0;
}

/** Wrong options: those that `parseArgs` finds, and those that are found here. */
function isUsageProblem(problem: unknown): problem is Error {
  if (problem instanceof UsageProblem) return true;
  const code = problem instanceof TypeError && 'code' in problem ? problem.code : undefined;
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS');
}

try {
  process.exitCode = await run();
} catch (problem) {
  if (!isUsageProblem(problem)) throw problem;
  console.error(`${problem.message}\n\n${usage}`);
  process.exitCode = 2;
}
