import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { asFile, blockRuleset } from '#electron/firewall/nftables/block-ruleset.ts';
import { nftablesFirewall } from '#electron/firewall/nftables/nftables.ts';
import type { Block, Firewall } from '#electron/firewall/firewall.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { LabHost } from '#tests/network/lab-host.ts';
import { whyNoHosts } from '#tests/network/two-hosts.ts';
import { median, ratioText } from './median.ts';

const nft = '/usr/sbin/nft';
const pairs = 25;
const drifts = 15;
const idleSeconds = 5;

const blockOf = (ports: number): Block => ({
  listeners: Array.from({ length: ports }, (_, index) => ({
    protocol: index === 1 ? 'udp' : 'tcp',
    port: 1433 + index,
    address: '0.0.0.0',
    purpose: 'SQL Server',
  })),
  allowed: [{ address: '192.0.2.7', until: null }],
});

/** nftables by the adapter against nft alone, in a network namespace of its own; how soon a change is known; what waiting costs. */
export async function secureMode(): Promise<readonly string[]> {
  const rights = process.getuid?.() === 0 ? 'as root' : 'under rights of its own';
  const why = whyNoHosts(rights);
  if (why !== undefined) return [`left out: ${why}`];
  const host = await LabHost.open({ ownUser: rights !== 'as root' });
  try {
    const firewall = nftablesFirewall({ clock: systemClock, privileged: host.privileged() });
    return [
      ...(await applying(host, firewall, 4)),
      ...(await applying(host, firewall, 500)),
      ...(await seeing(host, firewall)),
      ...(await waiting(firewall)),
    ];
  } finally {
    await host.close();
  }
}

const milliseconds = async (act: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await act();
  return performance.now() - began;
};

/** Both enter the namespace in the same way, one after the other, and the second goes first every other time. */
async function applying(host: LabHost, firewall: Firewall, ports: number): Promise<readonly string[]> {
  const block = blockOf(ports);
  const folder = await mkdtemp(join(tmpdir(), 'mortise-bench-'));
  const path = join(folder, 'ruleset.json');
  await writeFile(path, asFile(blockRuleset(block, systemClock.now())));
  const alone = async () => {
    const answer = await host.privileged().run(nft, ['-j', '-f', path], { mayAsk: false, limit: 10_000 });
    if (answer.kind !== 'ended' || answer.exitCode !== 0) throw new Error(`nft alone: ${JSON.stringify(answer)}`);
  };
  const adapter = async () => {
    const done = await firewall.block(block);
    if (!done.ok) throw new Error(done.error.sentence);
  };
  const a: number[] = [];
  const b: number[] = [];
  for (let pair = -2; pair < pairs; pair += 1) {
    const first = pair % 2 === 0 ? await milliseconds(alone) : undefined;
    const ours = await milliseconds(adapter);
    const theirs = first ?? (await milliseconds(alone));
    if (pair < 0) continue;
    a.push(ours);
    b.push(theirs);
  }
  await rm(folder, { recursive: true });
  return [
    `${ports} ports applied by the adapter / by nft -f of the same rules alone: ${ratioText(a, b)}; ${median(a).toFixed(1)} ms against ${median(b).toFixed(1)} ms (goal 1.2)`,
  ];
}

/** From the end of the command that changes a rule until Mortise is told, and until it has read what changed. */
async function seeing(host: LabHost, firewall: Firewall): Promise<readonly string[]> {
  const listening = { told: (): void => undefined };
  const watch = firewall.watch(
    () => listening.told(),
    (why) => {
      throw new Error(why.sentence);
    },
  );
  await pause(500);
  const told: number[] = [];
  const read: number[] = [];
  for (let time = 0; time < drifts; time += 1) {
    await firewall.block(blockOf(4));
    await pause(200);
    let at = 0;
    const heard = new Promise<void>((resolve) => {
      listening.told = () => {
        at = performance.now();
        resolve();
      };
    });
    await host.run(nft, 'delete', 'element', 'inet', 'mortise', 'tcp_ports', '{ 1433 }');
    const changed = performance.now();
    await heard;
    const state = await firewall.read();
    if (state.state === 'unknown' || state.value.blocked.some(({ port }) => port === 1433)) {
      throw new Error('The change was not read.');
    }
    // The kernel tells while nft still ends: that is sooner than its end.
    told.push(Math.max(0, at - changed));
    read.push(performance.now() - changed);
  }
  await watch.close();
  return [
    `a change is told ${median(told).toFixed(1)} ms (at most ${Math.max(...told).toFixed(1)}) after the command that made it ended, and read after ${median(read).toFixed(1)} ms (at most ${Math.max(...read).toFixed(1)}) (goal 100 ms)`,
  ];
}

/** The processor time of a watch while nothing changes: of the processes that it started, and of ours. */
async function waiting(firewall: Firewall): Promise<readonly string[]> {
  const before = await childrenOf(process.pid);
  const watch = firewall.watch(
    () => undefined,
    () => undefined,
  );
  await pause(1_000);
  const started = (await childrenOf(process.pid)).filter((pid) => !before.includes(pid));
  const all = (await Promise.all(started.map(async (pid) => [pid, ...(await childrenOf(pid))]))).flat();
  const spent = async () => (await Promise.all(all.map(ticksOf))).reduce((sum, ticks) => sum + ticks, 0);
  const theirs = await spent();
  const ours = process.cpuUsage();
  await pause(idleSeconds * 1_000);
  const own = process.cpuUsage(ours);
  const ticks = (await spent()) - theirs;
  await watch.close();
  // Linux counts in hundredths of a second for programs (proc(5), _SC_CLK_TCK).
  return [
    `an idle watch: ${all.length} processes used ${ticks * 10} ms of a processor in ${idleSeconds} s, Mortise itself ${((own.user + own.system) / 1_000).toFixed(1)} ms`,
  ];
}

async function statOf(pid: number): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

const ticksOf = async (pid: number) => {
  const stat = await statOf(pid);
  return Number(stat[11]) + Number(stat[12]);
};

async function childrenOf(parent: number): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name)).map(Number);
  const parents = await Promise.all(pids.map(async (pid) => (await statOf(pid))[1]));
  return pids.filter((_, index) => parents[index] === String(parent));
}
