import { execFile, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { systemctlProgram } from '#electron/services/systemd/systemctl.ts';
import type { Privileged } from '#electron/machine/privileged.ts';
import { runProgram } from '#electron/machine/privileged/run-program.ts';
import type { Systemctl } from '#electron/services/systemd/systemctl.ts';
import type { ServiceKind } from '#tests/unit/services/services-contract.ts';

const run = promisify(execFile);

/** The namespaces that systemd gets of its own. Its units, sockets and control groups are seen by nobody else. */
const own = ['--pid', '--mount', '--cgroup', '--ipc', '--uts', '--net'];
const first = `
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /tmp
mount -t cgroup2 none /sys/fs/cgroup
mkdir -p /run/systemd/system
printf '[Unit]\\nDescription=lab\\n' > /run/systemd/system/lab.target
exec /usr/lib/systemd/systemd --unit=lab.target --log-target=null
`;

/** Why this machine lets nobody make such namespaces; undefined where it does. */
export function whyNoNamespaces(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may make namespaces with control groups';
  const tried = spawnSync('unshare', [...own, '--fork', 'mount', '-t', 'cgroup2', 'none', '/sys/fs/cgroup']);
  return tried.status === 0 ? undefined : 'this machine allows no namespaces with control groups';
}

/** What stands in the unit of each kind; `disabled` is masked instead. */
const units: Readonly<Record<Exclude<ServiceKind, 'disabled'>, string>> = {
  good: 'ExecStart=/bin/sleep infinity',
  'refuses to stop': 'ExecStart=/bin/sleep infinity',
  'hangs in stop': `ExecStart=/bin/sh -c 'trap "" TERM; while :; do sleep 1; done'\nTimeoutStopSec=infinity\nKillMode=process`,
  'hangs in start': 'Type=notify\nExecStart=/bin/sleep infinity\nTimeoutStartSec=infinity',
  'dies after reporting success': `ExecStart=/bin/sh -c 'sleep 0.4; exit 3'`,
};

/** A systemd of its own, with the services that the tests make in it. */
export class SystemdLab {
  readonly #process: ChildProcess;
  readonly #enter: readonly string[];
  #made = 0;

  private constructor(process: ChildProcess, pid: number) {
    this.#process = process;
    this.#enter = ['--target', String(pid), '--mount', '--pid', '--cgroup', '--ipc', '--uts', '--net', '--'];
  }

  /** Needs root, because namespaces with control groups do. */
  static async open(): Promise<SystemdLab> {
    const args = [...own, '--fork', '--mount-proc', '--kill-child', 'bash', '-ec', first];
    const child = spawn('unshare', args, {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', container: 'lab' },
      stdio: 'ignore',
    });
    for (let tries = 0; tries < 100 && child.exitCode === null; tries += 1) {
      await pause(100);
      const pid = await systemdBelow(child.pid ?? 0);
      if (pid === undefined) continue;
      const lab = new SystemdLab(child, pid);
      const said = await lab.run('/usr/bin/systemctl', ['is-system-running']).catch(() => '');
      if (said.trim() === 'running') return lab;
    }
    child.kill('SIGKILL');
    throw new Error('systemd did not come up in namespaces of its own.');
  }

  /** Runs a program inside and answers its output. */
  async run(program: string, args: readonly string[]): Promise<string> {
    const { stdout } = await run('nsenter', [...this.#enter, program, ...args], { timeout: 30_000 });
    return stdout;
  }

  /** The product's own way to systemctl, into the namespaces; `as`: by the account with that number. */
  systemctl(as?: number): Systemctl {
    const account =
      as === undefined ? [] : ['/usr/bin/setpriv', `--reuid=${as}`, `--regid=${as}`, '--clear-groups', '--'];
    return systemctlProgram('/usr/bin/nsenter', [...this.#enter, ...account, '/usr/bin/systemctl']);
  }

  /** The product's own way to a program with rights, into the namespaces, or only into that of the network. */
  privileged(into: 'everything' | 'network' = 'everything'): Privileged {
    const program = '/usr/bin/nsenter';
    const enter = into === 'everything' ? this.#enter : [...this.#enter.slice(0, 2), '--net', '--'];
    return {
      run: async (wanted, args, options) => await runProgram(program, [...enter, wanted, ...args], options),
      silently: (wanted, args) => ({ program, args: [...enter, wanted, ...args] }),
    };
  }

  /** The text of a file inside; undefined where there is none. */
  async readText(path: string): Promise<string | undefined> {
    return await this.run('/bin/sh', ['-c', '! [ -e "$1" ] || { cat "$1" && echo .; }', 'sh', path]).then((text) =>
      text === '' ? undefined : text.slice(0, -2),
    );
  }

  /** A new service. `service`: more lines of its unit. */
  async make(kind: ServiceKind, needs?: string, service = ''): Promise<string> {
    this.#made += 1;
    const name = `lab${this.#made}.service`;
    if (kind === 'disabled') await this.#write(name, undefined);
    else {
      const unit = [
        '[Unit]',
        'StartLimitIntervalSec=0',
        ...(kind === 'refuses to stop' ? ['RefuseManualStop=yes'] : []),
        ...(needs === undefined ? [] : [`Requires=${needs}`, `After=${needs}`]),
        '[Service]',
        service === '' ? units[kind] : service,
        '',
      ];
      await this.#write(name, unit.join('\n'));
    }
    await this.run('/usr/bin/systemctl', ['daemon-reload']);
    return name;
  }

  /** Accounts other than root reach systemd over the system's message bus only. */
  async startBus(): Promise<void> {
    const socket = '/run/dbus/system_bus_socket';
    const bus = `/usr/bin/dbus-daemon --system --address=systemd: --nofork --nopidfile --systemd-activation`;
    await this.run('/bin/mkdir', ['-p', '/run/dbus']);
    await this.#write('dbus.socket', `[Unit]\nDefaultDependencies=no\n[Socket]\nListenStream=${socket}\n`);
    const unit = [
      '[Unit]',
      'DefaultDependencies=no',
      'Requires=dbus.socket',
      '[Service]',
      'Type=notify',
      `ExecStart=${bus}`,
    ];
    await this.#write('dbus.service', `${unit.join('\n')}\n`);
    await this.run('/usr/bin/systemctl', ['daemon-reload']);
    await this.run('/usr/bin/systemctl', ['start', 'dbus.service']);
  }

  async #write(name: string, content: string | undefined): Promise<void> {
    const path = `/run/systemd/system/${name}`;
    if (content === undefined) await this.run('/bin/ln', ['-s', '/dev/null', path]);
    else await this.run('/bin/sh', ['-c', 'printf %s "$1" > "$2"', 'sh', content, path]);
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }
}

/** The child of `unshare` once it has become systemd. */
async function systemdBelow(parent: number): Promise<number | undefined> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    if (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] !== String(parent)) continue;
    return stat.includes('(systemd)') ? Number(entry) : undefined;
  }
  return undefined;
}
