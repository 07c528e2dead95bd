import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { LabHost } from '#tests/network/lab-host.ts';

const run = promisify(execFile);

const ip = async (line: string) => await run('/usr/sbin/ip', line.split(' '));

/** Whether this process is on a network of its own, which a block may be put up in. */
export const networkIsOurs = (process.env['MORTISE_TEST_OWN_NETWORK'] ?? '') !== '';

export const siteAddress = '10.77.0.1';
const otherAddress = '10.77.0.2';

/** Another machine on the network of this one, and the way by which SQL Server is reached from it. */
export interface OtherMachine {
  readonly host: LabHost;
  /** A program that stays logged in; what it said last. */
  stayLoggedIn(): Promise<{ readonly last: () => string; readonly end: () => void }>;
  /** Whether a new one gets in: `in` or `out`. */
  tryOnce(): Promise<string>;
  close(): Promise<void>;
}

/**
 * SQL Server of the training site is on the loopback addresses alone. A process of the server's own name stands for it on
 * the network.
 */
export async function otherMachine(
  port: number,
  as: { readonly login: string; readonly password: string },
): Promise<OtherMachine> {
  const host = await LabHost.open({ ownUser: false });
  await ip(`link add to_b type veth peer name to_a netns ${host.pid}`);
  await ip(`addr add ${siteAddress}/24 dev to_b`);
  await ip('link set to_b up');
  await host.runEach('/usr/sbin/ip', `link set lo up\naddr add ${otherAddress}/24 dev to_a\nlink set to_a up`);
  const relay = spawn(process.execPath, [join(import.meta.dirname, 'sqlservr.ts'), siteAddress, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(relay.stdout, 'data');

  const programs: ChildProcess[] = [relay];
  const client = (mode: string) => {
    const program = join(import.meta.dirname, 'remote-client.ts');
    const [command = '', ...before] = host.enter;
    const started = spawn(command, [...before, process.execPath, program, siteAddress, String(port), mode], {
      env: { ...process.env, REMOTE_LOGIN: as.login, REMOTE_PASSWORD: as.password },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    programs.push(started);
    return started;
  };
  return {
    host,
    stayLoggedIn: async () => {
      const started = client('stay');
      let last = '';
      const lines = createInterface({ input: started.stdout });
      lines.on('line', (line) => (last = line));
      await once(lines, 'line');
      return { last: () => last, end: () => started.kill('SIGKILL') };
    },
    tryOnce: async () => {
      const started = client('once');
      const [line] = (await once(createInterface({ input: started.stdout }), 'line')) as [string];
      return line;
    },
    close: async () => {
      for (const each of programs) each.kill('SIGKILL');
      await host.close();
    },
  };
}

/** Runs nft on the site's machine, as a helpful colleague would. */
export async function nft(...args: readonly string[]): Promise<string> {
  return (await run('/usr/sbin/nft', args)).stdout;
}
