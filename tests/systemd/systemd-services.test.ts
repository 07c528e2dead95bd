import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#electron/machine/clock.ts';
import { systemdServices } from '#electron/services/systemd/systemd-services.ts';
import { systemctlProgram } from '#electron/services/systemd/systemctl.ts';
import { findPeer, withPeer } from '#tests/peers/peer.ts';
import { codeOf, itControlsServices, itMindsDependants, sentenceOf } from '#tests/unit/services/services-contract.ts';
import { SystemdLab, whyNoNamespaces } from './systemd-lab.ts';

const nobody = 65_534;
const systemd = findPeer('systemd');
const refused = whyNoNamespaces();

if (refused === undefined) underOwnSystemd();
else {
  process.stdout.write(`left out: ${refused}; the adapter is shown against recorded answers of a real systemd only\n`);
  await import('#tests/unit/services/systemd-services.test.ts');
}

function underOwnSystemd(): void {
  describe('services under a real systemd', () => {
    withPeer(systemd, () => {
      let lab: SystemdLab;
      beforeAll(async () => {
        lab = await SystemdLab.open();
      });
      afterAll(() => lab.close());

      const services = () => systemdServices({ clock: systemClock, systemctl: lab.systemctl(), steady: 800 });
      const open = async () =>
        await Promise.resolve({
          services: services(),
          make: lab.make.bind(lab),
          clean: async () => await Promise.resolve(),
        });

      itControlsServices(open);
      itMindsDependants(open);

      it('names the cause when a program cannot be run', async () => {
        const name = await lab.make('good', undefined, 'Type=exec\nExecStart=/nonexistent');
        expect(sentenceOf(await services().start(name, 10_000))).toContain('its program cannot be run.');
      });

      it('names the account that does not exist', async () => {
        const name = await lab.make('good', undefined, 'Type=exec\nUser=nosuchuser\nExecStart=/bin/sleep infinity');
        expect(sentenceOf(await services().start(name, 10_000))).toContain('its account does not exist.');
      });

      it('gives the code with which a process ended at once', async () => {
        const name = await lab.make('good', undefined, 'Type=oneshot\nExecStart=/bin/sh -c "exit 42"');
        expect(sentenceOf(await services().start(name, 10_000))).toContain('its process ended with code 42.');
      });

      it('is not fooled by a service that systemd starts again and again', async () => {
        const again = `ExecStart=/bin/sh -c 'sleep 0.3; exit 3'\nRestart=always\nRestartSec=0`;
        const name = await lab.make('good', undefined, again);
        expect(codeOf(await services().start(name, 10_000))).toBe('service-did-not-start');
        expect(codeOf(await services().stop(name, 10_000))).toBe('ok');
      });

      it('never takes a name for a pattern or an option', async () => {
        const name = await lab.make('good');
        expect(codeOf(await services().start(name, 10_000))).toBe('ok');
        for (const hostile of ['lab*', '--all', '', 'lab1 lab2', '/etc/passwd', 'lab[0-9].service']) {
          expect(codeOf(await services().stop(hostile, 10_000))).toBe('service-unknown');
        }
        const reading = await services().inspect(name);
        expect(reading.state === 'known' ? reading.value.state : 'unknown').toBe('running');
      });

      it('says that a service it needs did not come up', async () => {
        const base = await lab.make('good', undefined, 'Type=exec\nExecStart=/nonexistent');
        const name = await lab.make('good', base);
        expect(sentenceOf(await services().start(name, 10_000))).toContain('a unit that it needs may have failed.');
      });

      it('says of an account without rights that it may not, and changes nothing', async () => {
        await lab.startBus();
        const running = await lab.make('good');
        expect(codeOf(await services().start(running, 10_000))).toBe('ok');
        const stopped = await lab.make('good');
        const powerless = systemdServices({ clock: systemClock, systemctl: lab.systemctl(nobody), isRoot: false });
        expect(codeOf(await powerless.stop(running, 10_000))).toBe('service-no-right');
        expect(codeOf(await powerless.start(stopped, 10_000))).toBe('service-no-right');
        const readings = await Promise.all([running, stopped].map((name) => powerless.inspect(name)));
        expect(readings.map((each) => (each.state === 'known' ? each.value.state : each.cause.code))).toEqual([
          'running',
          'stopped',
        ]);
      });

      it('tells a systemd that cannot be reached from a service that is not there', async () => {
        const nowhere = systemdServices({ clock: systemClock, systemctl: systemctlProgram('/nonexistent/systemctl') });
        const reading = await nowhere.inspect('lab1');
        expect(reading.state === 'unknown' ? reading.cause.sentence : '').toContain('systemctl is not there');
        expect(codeOf(await nowhere.stop('lab1', 1000))).toBe('service-control-silent');
      });
    });
  });
}
