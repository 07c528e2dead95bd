import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { ControlHandlers } from '../control/control.ts';
import { serviceName, siteAdmin, trainingDatabase } from '../practice-logins.ts';
import { probeFromWorkstation } from './outside-probe.ts';
import type { SiteParts } from './site.ts';

/** What each call on the control channel does, by the parts of the site. */
export function controlHandlers(parts: SiteParts): ControlHandlers {
  const { folder, server, firewall, service, keychain, faults, workstation, machine } = parts;
  return {
    info: async () =>
      succeed({
        processId: process.pid,
        folder: folder.path,
        host: '127.0.0.1',
        port: server.port,
        ca: parts.ca,
        database: trainingDatabase,
        configPath: folder.config,
        setup: { login: siteAdmin.login, password: siteAdmin.password },
        workstationConnected: workstation.connected(),
      }),
    'firewall.read': async () => succeed(await firewall.read()),
    'firewall.block': (block) => firewall.block(block),
    'firewall.unblock': () => firewall.unblock(),
    'services.inspect': async ({ name }) => (name === serviceName ? succeed(service.inspect()) : otherService(name)),
    'services.start': async ({ name, limit }) => {
      if (name !== serviceName) return otherService(name);
      await machine.change(() => ({ serviceRuns: true }));
      return service.start(limit);
    },
    'services.stop': async ({ name, limit }) => {
      if (name !== serviceName) return otherService(name);
      await machine.change(() => ({ serviceRuns: false }));
      return service.stop(limit);
    },
    'secrets.read': async ({ login }) => keychain.read(login),
    'secrets.write': ({ login, record }) => keychain.write(login, record),
    'secrets.remove': ({ login }) => keychain.remove(login),
    probe: async ({ listeners }) => {
      try {
        return succeed(await probeFromWorkstation(listeners, server.port));
      } catch (problem) {
        return failed(failure('probe-failed', { cause: problem instanceof Error ? problem.message : String(problem) }));
      }
    },
    'faults.list': async () => succeed([...faults.list()]),
    'faults.set': async (setting) => {
      try {
        faults.set(setting);
      } catch (problem) {
        if (!(problem instanceof SyntaxError)) throw problem;
        return failed(failure('bad-request', { what: 'the pattern is no regular expression' }));
      }
      await server.setEncryption(!faults.isOn('tls-refused'));
      return succeed(null);
    },
    image: async () => succeed(await parts.image()),
    reset: async ({ controllers }) => {
      await parts.reset(controllers);
      return succeed(null);
    },
  };
}

function otherService(name: string): Result<never> {
  return failed(failure('service-unknown', { service: name }));
}
