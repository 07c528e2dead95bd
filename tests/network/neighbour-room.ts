import { execFile, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { cleanEnvironment } from '#electron/machine/privileged/run-program.ts';
import type { LabHost } from './lab-host.ts';

const run = promisify(execFile);

/** What other firewalls write to is a copy, seen in here only. */
const prepare = `set -e
mount -t tmpfs tmpfs /run
mkdir -p /run/log /run/dbus /run/firewalld
for each in ufw firewalld; do
  if [ -d "/etc/$each" ]; then cp -a "/etc/$each" "/run/$each-copy"; mount --bind "/run/$each-copy" "/etc/$each"; fi
done
mount --bind /run/log /var/log
echo ready
exec cat`;

/** A place on a host of the lab for firewalls of others: their files and processes are of the host alone. */
export class NeighbourRoom {
  readonly #keeper: ChildProcessWithoutNullStreams;
  readonly #enter: readonly string[];

  private constructor(keeper: ChildProcessWithoutNullStreams, enter: readonly string[]) {
    this.#keeper = keeper;
    this.#enter = enter;
  }

  /** As root only: their programs ask for it. */
  static async open(host: LabHost): Promise<NeighbourRoom> {
    const own = ['/usr/bin/unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
    const [program, ...args] = [...host.enter, ...own, '/bin/sh', '-c', prepare];
    const keeper = spawn(program, args, { env: cleanEnvironment });
    const ready = await Promise.race([once(keeper.stdout, 'data'), once(keeper, 'exit')]);
    if (!String(ready[0]).startsWith('ready')) throw new Error('No place for other firewalls could be made.');
    const pid = keeper.pid ?? 0;
    const first = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim();
    return new NeighbourRoom(keeper, ['-t', first, '-m', '-p', '-n', '--']);
  }

  async run(program: string, ...args: readonly string[]): Promise<string> {
    const { stdout } = await run('/usr/bin/nsenter', [...this.#enter, program, ...args], {
      env: cleanEnvironment,
      timeout: 30_000,
    });
    return stdout;
  }

  /** One that goes on until the room is closed. */
  start(program: string, ...args: readonly string[]): void {
    spawn('/usr/bin/nsenter', [...this.#enter, program, ...args], { env: cleanEnvironment, stdio: 'ignore' });
  }

  async close(): Promise<void> {
    const exit = once(this.#keeper, 'exit');
    // The first process of its processes ends with its input, and all others with it.
    this.#keeper.stdin.end();
    await exit;
  }
}
