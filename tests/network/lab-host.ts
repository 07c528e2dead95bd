import { execFile, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Privileged } from '#electron/machine/privileged.ts';
import { runProgram } from '#electron/machine/privileged/run-program.ts';
import { hostAnswerSchema } from './host-requests.ts';
import type { HostRequest } from './host-requests.ts';

const run = promisify(execFile);
const nsenter = '/usr/bin/nsenter';

/** A request without the number that tells its answer from others. */
type Asked<R = HostRequest> = R extends HostRequest ? Omit<R, 'id'> : never;

/** A host of the lab: a network namespace, and a process in it that listens and connects. */
export class LabHost {
  /** What stands in front of a program and its arguments to run it on this host. */
  readonly enter: readonly string[];
  readonly pid: number;
  readonly #keeper: ChildProcessWithoutNullStreams;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (said: string) => void>();
  #asked = 0;

  private constructor(keeper: ChildProcessWithoutNullStreams, pid: number, enter: readonly string[]) {
    this.#keeper = keeper;
    this.pid = pid;
    this.enter = enter;
    const program = fileURLToPath(new URL('host-process.ts', import.meta.url));
    this.#process = spawn(enter[0] ?? nsenter, [...enter.slice(1), process.execPath, program]);
    this.#process.stderr.pipe(process.stderr);
    createInterface({ input: this.#process.stdout }).on('line', (line) => {
      const { id, said } = hostAnswerSchema.parse(JSON.parse(line));
      this.#waiting.get(id)?.(said);
      this.#waiting.delete(id);
    });
  }

  /**
   * `inside`: the host whose rights this one lives under. `ownUser`: rights of its own, as anybody has who may make
   * namespaces, instead of root's.
   */
  static async open({ inside, ownUser }: { readonly inside?: LabHost; readonly ownUser: boolean }): Promise<LabHost> {
    const wait = ['/bin/sh', '-c', 'echo ready; exec cat'];
    const asOwn = ['--user', '--preserve-credentials'];
    const line =
      inside === undefined
        ? ['/usr/bin/unshare', ownUser ? '-rn' : '-n', ...wait]
        : [nsenter, '-t', String(inside.pid), ...(ownUser ? asOwn : ['-n']), '--', '/usr/bin/unshare', '-n', ...wait];
    const keeper = spawn(line[0] ?? '', line.slice(1));
    const ready = await Promise.race([once(keeper.stdout, 'data'), once(keeper, 'exit')]);
    if (!String(ready[0]).startsWith('ready')) throw new Error('This machine lets nobody make network namespaces.');
    const pid = keeper.pid ?? 0;
    return new LabHost(keeper, pid, [nsenter, '-t', String(pid), ...(ownUser ? asOwn : []), '-n', '--']);
  }

  /** Runs a program on this host and answers its output; fails where the program does. */
  async run(program: string, ...args: readonly string[]): Promise<string> {
    const { stdout } = await run(this.enter[0] ?? nsenter, [...this.enter.slice(1), program, ...args], {
      timeout: 30_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  }

  /** Runs each line of a text as arguments of one program. */
  async runEach(program: string, lines: string): Promise<void> {
    for (const line of lines.trim().split('\n')) await this.run(program, ...line.trim().split(/\s+/u));
  }

  /** The product's own way to a program with rights, onto this host. */
  privileged(): Privileged {
    const [program = nsenter, ...before] = this.enter;
    return {
      run: async (wanted, args, options) => await runProgram(program, [...before, wanted, ...args], options),
      silently: (wanted, args) => ({ program, args: [...before, wanted, ...args] }),
    };
  }

  /** Answers everything that comes with the same; the port that it listens on. */
  async listen(protocol: 'tcp' | 'udp', address: string, port: number): Promise<number> {
    const said = Number((await this.#ask({ do: 'listen', protocol, address, port })).said);
    if (!Number.isInteger(said)) throw new Error(`Nothing listens on ${protocol} ${address}:${port}.`);
    return said;
  }

  /** `answers`, `refused` or `silence`. */
  async reach(protocol: 'tcp' | 'udp', address: string, port: number, from?: string): Promise<string> {
    const where = { do: 'reach', protocol, address, port } as const;
    return (await this.#ask(from === undefined ? where : { ...where, from })).said;
  }

  /** Opens a session; what is returned talks over it and tells whether it is answered. */
  async hold(address: string, port: number): Promise<() => Promise<string>> {
    const { id, said } = await this.#ask({ do: 'hold', protocol: 'tcp', address, port });
    if (said !== 'answers') throw new Error(`No session to ${address}:${port}: ${said}.`);
    return async () => (await this.#ask({ do: 'talk', session: id })).said;
  }

  async close(): Promise<void> {
    const ended = [this.#process, this.#keeper].map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    });
    await Promise.all(ended);
  }

  async #ask(request: Asked): Promise<{ readonly id: number; readonly said: string }> {
    this.#asked += 1;
    const id = this.#asked;
    const said = new Promise<string>((resolve) => this.#waiting.set(id, resolve));
    this.#process.stdin.write(`${JSON.stringify({ ...request, id })}\n`);
    return { id, said: await said };
  }
}
