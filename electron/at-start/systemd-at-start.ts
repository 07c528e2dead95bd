import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertNever } from '#shared/assert-never.ts';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Block } from '#electron/firewall/firewall.ts';
import { findNft } from '#electron/firewall/nftables/nft.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { fileCause, fileErrorCode } from '#electron/machine/file-failure.ts';
import type { Privileged, PrivilegedAnswer } from '#electron/machine/privileged.ts';
import type { AtStart } from './at-start.ts';
import { blockText } from './systemd/block-text.ts';
import { installSteps, removeSteps } from './systemd/privileged-steps.ts';
import { unitName, unitText, wantedBy } from './systemd/unit-text.ts';

export interface SystemdAtStartOptions {
  readonly clock: Clock;
  readonly privileged: Privileged;
  readonly systemctl?: string;
  readonly nft?: string;
  /** Where an administrator's units are. */
  readonly unitFolder?: string;
  readonly ruleset?: string;
  /** The text of a file, links followed; undefined where there is none. Throws what Node throws. */
  readonly readText?: (path: string) => Promise<string | undefined>;
}

/** systemd may reload for a while on a large machine, in milliseconds. */
const limit = 60_000;

/** Puts the block up at every start of the machine, and with every restart of nftables, by a unit of systemd. */
export function systemdAtStart({
  clock,
  privileged,
  systemctl = '/usr/bin/systemctl',
  nft = findNft(),
  unitFolder = '/etc/systemd/system',
  ruleset = '/etc/mortise/secure-mode.nft',
  readText = readTextIfThere,
}: SystemdAtStartOptions): AtStart {
  const unit = join(unitFolder, unitName);
  const wantedUnit = unitText({ nft, ruleset });
  const links = wantedBy.map((target) => join(unitFolder, `${target}.wants`, unitName));

  const run = async (what: 'installed' | 'removed', steps: string, args: readonly string[]) => {
    const answer = await privileged.run('/bin/sh', ['-c', steps, 'sh', ...args], { mayAsk: true, limit });
    const error = failureOf(what, answer);
    return error === undefined ? succeed() : failed(error);
  };

  return {
    read: async (block) => {
      try {
        const [unitNow, rulesNow, ...linked] = await Promise.all([unit, ruleset, ...links].map(readText));
        if (unitNow === undefined && rulesNow === undefined) return known('not-installed', clock.now());
        const same =
          block !== undefined &&
          rulesNow === blockText(block) &&
          [unitNow, ...linked].every((text) => text === wantedUnit);
        return known(same ? 'installed' : 'outdated', clock.now());
      } catch (error) {
        return unknown(failure('at-start-failed', { what: 'read', cause: fileCause(error) }), clock.now());
      }
    },
    describe: (block) => [
      { kind: 'file', path: ruleset, diff: added(blockText(block)) },
      { kind: 'file', path: unit, diff: added(wantedUnit) },
      { kind: 'command', text: `${systemctl} daemon-reload` },
      { kind: 'command', text: `${systemctl} enable ${unitName}` },
      ...(startsNow(block) ? [{ kind: 'command', text: `${systemctl} restart ${unitName}` } as const] : []),
    ],
    describeRemoval: () => [
      { kind: 'command', text: `${systemctl} disable ${unitName}` },
      { kind: 'command', text: `${systemctl} stop ${unitName}` },
      { kind: 'command', text: `rm -f ${unit} ${ruleset}` },
      { kind: 'command', text: `${systemctl} daemon-reload` },
    ],
    install: async (block): Promise<Result<undefined>> => {
      const texts = [unit, wantedUnit, ruleset, blockText(block), startsNow(block) ? 'yes' : 'no'];
      return await run('installed', installSteps, [systemctl, ...texts]);
    },
    remove: async (): Promise<Result<undefined>> => {
      try {
        const there = await Promise.all([unit, ruleset].map(readText));
        if (there.every((text) => text === undefined)) return succeed();
      } catch (error) {
        return failed(failure('at-start-failed', { what: 'removed', cause: fileCause(error) }));
      }
      return await run('removed', removeSteps, [systemctl, unit, ruleset]);
    },
  };
}

/**
 * A unit that is up is reloaded with nftables.service. Starting it puts up what the file says, which would cut off whoever
 * is allowed for a time now; then it comes up with the next start only.
 */
const startsNow = (block: Block) => block.allowed.every(({ until }) => until === null);

const added = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `+ ${line}`)
    .join('\n');

async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function failureOf(what: 'installed' | 'removed', answer: PrivilegedAnswer): Failure | undefined {
  const because = (cause: string) => failure('at-start-failed', { what, cause });
  switch (answer.kind) {
    case 'ended': {
      if (answer.exitCode === 0) return undefined;
      const [said = ''] = answer.errors.trim().split('\n');
      return because(
        said === '' ? `its commands ended with ${answer.exitCode}` : said.replace(/\.$/u, '').slice(0, 300),
      );
    }
    case 'cancelled':
      return failure('rights-not-given', { cause: 'the question was dismissed' });
    case 'refused':
      return failure('rights-not-given', { cause: answer.cause });
    case 'killed':
      return because(`its commands were ended from outside (${answer.signal}), and what they did is not known`);
    case 'late':
      return because('systemd did not answer in time, and what it did is not known');
    case 'missing':
      return because(`${answer.program} is not on this machine`);
    case 'broken':
      return because(answer.cause);
    default:
      return assertNever(answer);
  }
}
