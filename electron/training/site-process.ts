import { parseArgs } from 'node:util';
import { isNoSpace } from '#electron/machine/file-failure.ts';
import { exitCodes } from './exit-codes.ts';
import { defaultLaunchers, launcherSchema } from './launcher.ts';
import { makeSiteEngine } from './site/site-engine.ts';
import { startSite } from './site/site.ts';
import type { Site } from './site/site.ts';

/**
 * The training site as a process of its own: it outlives whatever happens to Mortise, as the server of a real site does.
 * It ends when for a time of grace no Mortise has been connected to its control channel, or never with --stay.
 */

const { values: args } = parseArgs({
  options: {
    folder: { type: 'string' },
    port: { type: 'string' },
    controllers: { type: 'string', default: '24' },
    /** Milliseconds. */
    grace: { type: 'string', default: '10000' },
    stay: { type: 'boolean', default: false },
    /** How the service's process is started, as JSON. */
    'service-launcher': { type: 'string' },
  },
});

/** Whoever started the site gets so long to attach to it, in milliseconds. */
const firstGrace = 30_000;

/** How long an orderly end may take, in milliseconds. */
const endLimit = 20_000;

let site: Site | undefined;
let ending = false;
let graceTimer: NodeJS.Timeout | undefined;

function log(text: string): void {
  process.stderr.write(`${new Date().toISOString()} ${text}\n`);
}

function awaitMortise(attached: number, grace: number): void {
  clearTimeout(graceTimer);
  if (attached === 0 && !args.stay) graceTimer = setTimeout(() => void end('nobody is connected'), grace);
}

async function end(why: string): Promise<void> {
  if (ending) return;
  ending = true;
  log(`ends: ${why}`);
  // What hangs must not keep it: everything that was told is on the disk already.
  setTimeout(() => process.exit(exitCodes.failed), endLimit).unref();
  await site?.end();
  process.exit(exitCodes.ended);
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`"${text}" is not a number that can be used here.`);
  return value;
}

async function run(): Promise<void> {
  if (args.folder === undefined) throw new Error('--folder is needed.');
  const launcher = args['service-launcher'];
  const start = await startSite({
    folder: args.folder,
    port: numberOf(args.port),
    controllers: numberOf(args.controllers) ?? 24,
    serviceLauncher: launcher === undefined ? defaultLaunchers().service : launcherSchema.parse(JSON.parse(launcher)),
    makeEngine: makeSiteEngine,
    onAttachedChange: (attached) => awaitMortise(attached, numberOf(args.grace) ?? 0),
    onTrouble: (problem) => log(problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)),
  });
  switch (start.outcome) {
    case 'served':
      log('another process serves this folder');
      process.exit(exitCodes.served);
      break;
    case 'port-taken':
      log(`port ${start.port} is taken`);
      process.exit(exitCodes.portTaken);
      break;
    case 'started':
      site = start.site;
      log(`process ${process.pid} serves ${site.folder.path} on port ${site.port}`);
  }
}

process.on('SIGTERM', () => void end('asked to'));
process.on('SIGINT', () => void end('asked to'));
awaitMortise(0, firstGrace);
run().catch((problem: unknown) => {
  log(problem instanceof Error ? (problem.stack ?? problem.message) : String(problem));
  process.exit(isNoSpace(problem) ? exitCodes.diskFull : exitCodes.failed);
});
