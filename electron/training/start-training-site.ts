import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileCause, fileFailure } from '#electron/machine/file-failure.ts';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { openControlClient } from './control/control-client.ts';
import type { ControlClient } from './control/control-client.ts';
import { exitCodes } from './exit-codes.ts';
import { defaultLaunchers } from './launcher.ts';
import type { TrainingLaunchers } from './launcher.ts';
import { openSiteFolder, readAttachment } from './site/site-folder.ts';
import type { SiteFolder } from './site/site-folder.ts';
import { attachedSite } from './training-site.ts';
import type { TrainingSite } from './training-site.ts';

export interface TrainingSiteOptions {
  /** Everything that belongs to the site lies in there; made when it is not there. */
  readonly folder: string;
  /** Left out: the port it had last, or a free one. */
  readonly port?: number | undefined;
  /** For a new site; 24 unless told. */
  readonly controllers?: number | undefined;
  /** How long the site goes on after the last Mortise has gone, in milliseconds; 10 seconds unless told. */
  readonly graceMilliseconds?: number | undefined;
  /** Gives up waiting for a site that is being started. */
  readonly signal?: AbortSignal | undefined;
  readonly launchers?: TrainingLaunchers | undefined;
}

/** A start takes about a second; a slow disk and a cold runtime get this long, in milliseconds. */
const startLimit = 30_000;
const pollInterval = 40;

/**
 * Attaches to the training site of a folder, which goes on if it runs already (port, controllers and grace are then as
 * they were), and starts it otherwise. The site is a process of its own that outlives this one. `training-port-taken`
 * when the port that was asked for is in use; `training-site-stopped` when the site cannot be started; `disk-full` or
 * `state-folder-unusable` when its folder cannot be used; `cancelled`.
 */
export async function startTrainingSite(options: TrainingSiteOptions): Promise<Result<TrainingSite>> {
  let folder: SiteFolder;
  try {
    folder = await openSiteFolder(options.folder);
  } catch (problem) {
    return failed(fileFailure(options.folder, problem));
  }
  const deadline = Date.now() + startLimit;
  let launched: Promise<number | string> | undefined;
  let ended: number | string | undefined;

  while (Date.now() < deadline) {
    if (options.signal?.aborted === true) return failed(failure('cancelled'));
    const site = await attach(folder);
    if (site !== undefined) return succeed(site);
    if (ended !== undefined) {
      // It lost a race against another start, or the process before it was just ending: look again, then start again.
      if (ended !== exitCodes.served && ended !== exitCodes.ended) return failed(notStarted(options, folder, ended));
      launched = undefined;
      ended = undefined;
    }
    launched ??= launch(folder, options);
    ended = await Promise.race([launched, sleep(pollInterval, undefined)]);
  }
  return failed(failure('training-site-stopped', { cause: `it was not ready within ${startLimit / 1000} s` }));
}

function notStarted(options: TrainingSiteOptions, folder: SiteFolder, ended: number | string) {
  if (ended === exitCodes.portTaken) return failure('training-port-taken', { port: options.port ?? 0 });
  if (ended === exitCodes.diskFull) return failure('disk-full', { path: folder.path });
  const cause = typeof ended === 'number' ? `its process ended with code ${ended}, see ${folder.log}` : ended;
  return failure('training-site-stopped', { cause });
}

async function attach(folder: SiteFolder): Promise<TrainingSite | undefined> {
  const attachment = await readAttachment(folder);
  if (attachment === undefined) return undefined;
  const client = await openControlClient(attachment.control);
  return client === undefined ? undefined : greet(client);
}

/** A site that is just ending may still take the connection; it answers nothing more. */
async function greet(client: ControlClient): Promise<TrainingSite | undefined> {
  const facts = await client.call('info', {});
  if (facts.ok) return attachedSite(client, facts.value);
  await client.close();
  return undefined;
}

/** Settles when the process has ended: with its exit code, or with the reason why it could not be started. */
async function launch(folder: SiteFolder, options: TrainingSiteOptions): Promise<number | string> {
  const { site, service } = options.launchers ?? defaultLaunchers();
  let log: FileHandle;
  try {
    log = await open(folder.log, 'a', 0o600);
  } catch (problem) {
    return `${folder.log}: ${fileCause(problem)}`;
  }
  let child: ChildProcess;
  try {
    child = spawn(
      site.command,
      [...site.args, ...siteArguments(folder, options), '--service-launcher', JSON.stringify(service)],
      {
        env: { ...process.env, ...site.env },
        cwd: folder.path,
        // In a session of its own, so that neither a signal to Mortise nor its terminal's end reaches the site.
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        windowsHide: true,
      },
    );
  } catch (problem) {
    await log.close();
    throw problem;
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once('error', (problem) => resolve(problem.message));
    child.once('exit', (code, signal) => resolve(code ?? `its process was ended by ${signal ?? 'something'}`));
  });
  child.unref();
  // The process has its own by now, and outlives this one: waiting for its end would leave this one open.
  await log.close();
  return await ended;
}

function siteArguments(folder: SiteFolder, options: TrainingSiteOptions): readonly string[] {
  const { port, controllers, graceMilliseconds: grace } = options;
  return [
    '--folder',
    folder.path,
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(controllers === undefined ? [] : ['--controllers', String(controllers)]),
    ...(grace === undefined ? [] : ['--grace', String(grace)]),
  ];
}
