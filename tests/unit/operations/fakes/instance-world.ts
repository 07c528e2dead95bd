import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { InstanceLayer } from '#shared/secure-mode.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { InstanceNetwork } from '#electron/instance/instance-network.ts';
import type { RestartParts } from '#electron/operations/secure-mode/instance-restart.ts';
import type { Services } from '#electron/services/services.ts';
import { notPrepared, profile, session } from '#tests/unit/site/sample-status.ts';
import { login } from './fake-database.ts';
import { FakeClock } from './fake-clock.ts';
import { Tripwire } from './tripwire.ts';

const instanceName = 'MSSQLSERVER';

/** A machine with SQL Server, a service of the site that logs in to it, and one that Windows stops with SQL Server. */
export class InstanceWorld implements RestartParts {
  readonly wire = new Tripwire();
  readonly clock = new FakeClock();
  readonly running = new Set([instanceName, 'AcsService', 'SQLSERVERAGENT']);
  /** What stands in the settings, and what SQL Server was started with. */
  written: InstanceLayer = 'everywhere';
  inForce: InstanceLayer = 'everywhere';
  /** Layers with which SQL Server, or the site's service, does not come up. */
  notWith: readonly InstanceLayer[] = [];
  locksOutWith: readonly InstanceLayer[] = [];
  remote: SiteStatus['sessions'] = [];

  readonly profile = {
    services: [{ name: 'AcsService' }, { name: 'Unused' }],
    serviceLogins: [{ login, services: ['AcsService'], consumers: [] }],
    endpoint: { ...profile.endpoint, host: 'localhost', transport: { kind: 'tcp', port: 1433 } as const },
  };

  readonly instance: InstanceNetwork = {
    service: instanceName,
    layers: ['this-machine', 'tcp-off'],
    read: async () => {
      const read = await this.wire.pass('instance: read', () => succeed(this.written));
      return read.ok ? known(read.value, this.clock.now()) : unknown(read.error, this.clock.now());
    },
    describe: async (layer) =>
      await Promise.resolve(succeed([{ kind: 'file', path: 'settings', diff: `-${this.written}\n+${layer}\n` }])),
    write: async (layer) =>
      await this.wire.pass('instance: write', () => {
        this.written = layer;
        return succeed();
      }),
  };

  readonly services: Services = {
    inspect: async (name) => {
      const state = this.running.has(name) ? 'running' : 'stopped';
      return await Promise.resolve(known({ name, state, processId: state === 'running' ? 1 : null }, this.clock.now()));
    },
    runningDependants: async (name) =>
      await Promise.resolve(
        known(name === instanceName && this.running.has('SQLSERVERAGENT') ? ['SQLSERVERAGENT'] : [], this.clock.now()),
      ),
    stop: async (name) =>
      await this.wire.pass(`stop ${name}`, () => {
        this.running.delete(name);
        return succeed();
      }),
    start: async (name) =>
      await this.wire.pass(`start ${name}`, () => {
        if (name === instanceName) this.inForce = this.written;
        this.running.add(name);
        return succeed();
      }),
  };

  readonly status = async (): Promise<Result<SiteStatus>> => {
    if (!this.running.has(instanceName) || this.notWith.includes(this.inForce))
      return await Promise.resolve(failed(failure('connection-lost')));
    const address = this.inForce === 'everywhere' ? '0.0.0.0' : '127.0.0.1';
    const there = this.running.has('AcsService') && !this.locksOutWith.includes(this.inForce);
    return succeed({
      ...notPrepared,
      listeners: [{ address, port: 1433, type: 'TSQL', state: 'ONLINE' }],
      sessions: [...(there ? [session({ login })] : []), ...this.remote],
    });
  };
}
