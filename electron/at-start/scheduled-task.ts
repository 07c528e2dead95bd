import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { win32 } from 'node:path';
import { z } from 'zod';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import type { PlannedChange } from '#shared/plan.ts';
import { known, unknown } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { fileCause, fileErrorCode } from '#electron/machine/file-failure.ts';
import type { RegistryReader } from '#electron/machine/registry-reader.ts';
import { writeFileDurably } from '#electron/machine/write-file-durably.ts';
import type { Block } from '#electron/firewall/firewall.ts';
import { blockRequest, namePrefix, wantedRules } from '#electron/firewall/netsecurity/block-rules.ts';
import { areExactly, oursIn } from '#electron/firewall/netsecurity/our-rules.ts';
import type { PowerShellAnswer, PowerShellHost } from '#electron/firewall/netsecurity/powershell-host.ts';
import { lookAtRegistry } from '#electron/firewall/netsecurity/registry-look.ts';
import type { AtStart } from './at-start.ts';
import { does, taskAction, taskXml } from './task-xml.ts';
import type { TaskAction } from './task-xml.ts';

export interface ScheduledTaskOptions {
  readonly clock: Clock;
  readonly host: PowerShellHost;
  readonly registry: RegistryReader;
  /** The folder that Windows is in. */
  readonly systemRoot: string;
  /** The file that the task hands to the script: in the machine's state folder, which administrators only may write. */
  readonly request: string;
  /** The program of SQL Server, as the firewall has it. */
  readonly program?: string;
  /** Where the scheduler keeps the task; left out, where Windows does. */
  readonly kept?: string;
}

const taskSchema = z.strictObject({ there: z.boolean(), xml: z.string() });

type Ordered = { readonly request: string; readonly action: TaskAction };

/**
 * Rules of Windows Firewall outlast a start by themselves. The task is for what does not: rules that somebody removed or
 * changed before it. It runs the script that switches the block on, with the request as it was when it was installed.
 */
export function scheduledTask(options: ScheduledTaskOptions): AtStart {
  const task = new ScheduledTask(options);
  return {
    read: (block) => task.read(block),
    describe: (block) => task.describe(block),
    describeRemoval: () => task.describeRemoval(),
    install: (block) => task.install(block),
    remove: () => task.remove(),
  };
}

class ScheduledTask implements AtStart {
  readonly #options: ScheduledTaskOptions;
  readonly #kept: string;

  constructor(options: ScheduledTaskOptions) {
    this.#options = options;
    this.#kept = options.kept ?? win32.join(options.systemRoot, 'System32', 'Tasks', 'Mortise', 'SecureMode');
  }

  async read(block: Block | undefined): ReturnType<AtStart['read']> {
    const { clock, request } = this.#options;
    // The scheduler keeps each task in a file; asking it takes seconds, and this is read with everything else.
    const [xml, stored] = await Promise.all([readIfThere(this.#kept), readIfThere(request)]);
    if (!xml.ok) return unknown(xml.error, clock.now());
    if (!stored.ok) return unknown(stored.error, clock.now());
    if (xml.value === undefined) return known('not-installed', clock.now());
    const ordered = block === undefined ? undefined : this.#order(block);
    const same =
      ordered?.ok === true &&
      stored.value?.toString('utf8') === ordered.value.request &&
      does(textOf(xml.value), ordered.value.action);
    return known(same ? 'installed' : 'outdated', clock.now());
  }

  describe(block: Block): readonly PlannedChange[] {
    const ordered = this.#order(block);
    if (!ordered.ok) return [];
    const { program, args } = this.#options.host.command('at-start');
    return [
      { kind: 'file', path: this.#options.request, diff: added(ordered.value.request) },
      { kind: 'file', path: this.#kept, diff: added(taskXml(ordered.value.action)) },
      { kind: 'command', text: [program, ...args].map((part) => (part.includes(' ') ? `"${part}"` : part)).join(' ') },
    ];
  }

  async install(block: Block): Promise<Result<undefined>> {
    const ordered = this.#order(block);
    if (!ordered.ok) return ordered;
    // The request first: a task without one would do nothing, and say so to nobody.
    const written = await writeFileDurably(this.#options.request, ordered.value.request);
    if (!written.ok) return written;
    const answer = await this.#ask('install', taskXml(ordered.value.action));
    if (answer.kind !== 'answered') return failed(taskFailure('installed', answer));
    return answer.value.there && does(answer.value.xml, ordered.value.action)
      ? succeed()
      : failed(failure('at-start-failed', { what: 'installed', cause: 'the task does not stand as it was given' }));
  }

  describeRemoval(): readonly PlannedChange[] {
    return [
      { kind: 'command', text: 'Unregister-ScheduledTask: the task \\Mortise\\SecureMode' },
      { kind: 'command', text: `Remove the stored request ${this.#options.request}` },
    ];
  }

  async remove(): Promise<Result<undefined>> {
    const there = await readIfThere(this.#kept);
    if (!there.ok) return failed(there.error);
    if (there.value !== undefined) {
      const answer = await this.#ask('remove', '');
      if (answer.kind !== 'answered') return failed(taskFailure('removed', answer));
      if (answer.value.there) {
        return failed(failure('at-start-failed', { what: 'removed', cause: 'the task is still there' }));
      }
    }
    try {
      await rm(this.#options.request, { force: true });
      return succeed();
    } catch (error) {
      return failed(failure('at-start-failed', { what: 'removed', cause: fileCause(error) }));
    }
  }

  async #ask(order: 'install' | 'remove', xml: string) {
    return await this.#options.host.run('at-start', { order, xml }, taskSchema);
  }

  /** What is written for a block. Nobody is there to end an address that is allowed for a time, so it is left out. */
  #order(block: Block): Result<Ordered> {
    const { clock, host, program, registry, request, systemRoot } = this.#options;
    const lasting = { ...block, allowed: block.allowed.filter(({ until }) => until === null) };
    const rules = wantedRules(lasting, { now: clock.now(), program });
    if (!rules.ok) return rules;
    const { program: shell, args } = host.command('block');
    // Where nobody set a policy for scripts, a Windows for clients runs none that is a file. A policy that is set stays above this.
    const permitted = args.flatMap((each) => (each === '-File' ? ['-ExecutionPolicy', 'RemoteSigned', each] : [each]));
    const action = taskAction({ systemRoot, powerShell: { program: shell, args: permitted }, request });
    if (!action.ok) return action;
    const { rules: asked } = blockRequest(rules.value, '');
    const ofContent = createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 12);
    // Under the names that the same rules have already, so that the task finds them and adds no second ones.
    const look = lookAtRegistry(registry);
    const ours = look.ok ? oursIn(look.value) : [];
    const [first] = areExactly(ours, rules.value) ? ours : [];
    const version = first?.id.slice(namePrefix.length).split('-')[0] ?? ofContent;
    const whole = { nonce: `at-start-${version}`, ...blockRequest(rules.value, version) };
    return succeed({ request: `${JSON.stringify(whole)}\n`, action: action.value });
  }
}

const added = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `+ ${line}`)
    .join('\n');

/** The scheduler keeps its files in UTF-16 with a mark in front. */
const textOf = (bytes: Buffer) => bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');

async function readIfThere(path: string): Promise<Result<Buffer | undefined>> {
  try {
    return succeed(await readFile(path));
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return succeed(undefined);
    return failed(failure('at-start-failed', { what: 'read', cause: `${path}: ${fileCause(error)}` }));
  }
}

type What = 'installed' | 'removed';

function taskFailure(what: What, answer: Exclude<PowerShellAnswer<unknown>, { kind: 'answered' }>): Failure {
  const cause =
    answer.kind === 'refused'
      ? /0x80070005|AccessDenied|PermissionDenied/u.test(answer.id)
        ? 'this account may not change the scheduled tasks of this machine'
        : `Windows PowerShell reports ${answer.id} (${answer.stage})`
      : answer.cause;
  return failure('at-start-failed', { what, cause });
}
