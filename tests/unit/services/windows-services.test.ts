import { describe, expect, it } from 'vitest';
import { systemClock } from '#electron/machine/clock.ts';
import { win32Cause } from '#electron/services/windows/service-manager.ts';
import { windowsServices } from '#electron/services/windows/windows-services.ts';
import type { ServiceKind } from './services-contract.ts';
import { FakeServiceManager, VirtualTime } from './fake-service-manager.ts';
import { codeOf, itControlsServices, itMindsDependants, sentenceOf } from './services-contract.ts';

function machine() {
  const time = new VirtualTime();
  const manager = new FakeServiceManager(time);
  return { time, manager, services: windowsServices({ manager, clock: systemClock, waiting: time }) };
}

describe("Windows' services", () => {
  let made = 0;
  const open = async () => {
    const { manager, services } = machine();
    return await Promise.resolve({
      services,
      make: async (kind: ServiceKind, needs?: string) => {
        made += 1;
        manager.add(`Lab${made}`, kind, needs);
        return await Promise.resolve(`Lab${made}`);
      },
      clean: async () => await Promise.resolve(),
    });
  };
  itControlsServices(open);
  itMindsDependants(open);

  it.each([
    [5, 'service-no-right'],
    [1060, 'service-unknown'],
    [1722, 'service-control-silent'],
  ])('says what error %d means when a service is opened', async (refusal, code) => {
    const { manager, services } = machine();
    manager.refusal = refusal;
    const reading = await services.inspect('Acs');
    expect(reading.state === 'unknown' ? reading.cause.code : reading.state).toBe(code);
    expect(codeOf(await services.stop('Acs', 1000))).toBe(code);
    expect(codeOf(await services.start('Acs', 1000))).toBe(code);
  });

  it.each([2, 5, 193, 1053, 1058, 1068, 1069, 1072, 1075])(
    'names the cause when error %d keeps it from starting',
    async (code) => {
      const { manager, services } = machine();
      manager.add('Acs', 'good');
      manager.answers.push({ ok: false, at: 'call', code });
      expect(sentenceOf(await services.start('Acs', 1000))).toBe(`The service Acs did not start: ${win32Cause(code)}.`);
      expect(win32Cause(code)).not.toContain('Windows answered with error');
    },
  );

  it('tells the right that is missing from an account that may not run its own program', async () => {
    const { manager, services } = machine();
    manager.add('Acs', 'good');
    manager.answers.push({ ok: false, at: 'open', code: 5 }, { ok: false, at: 'call', code: 5 });
    expect(codeOf(await services.start('Acs', 1000))).toBe('service-no-right');
    expect(codeOf(await services.start('Acs', 1000))).toBe('service-did-not-start');
  });

  it('says that an account may look at a service, but not stop it', async () => {
    const { manager, services } = machine();
    manager.add('Acs', 'good');
    expect(codeOf(await services.start('Acs', 5000))).toBe('ok');
    manager.answers.push({ ok: false, at: 'open', code: 5 });
    expect(sentenceOf(await services.stop('Acs', 1000))).toBe('This account may not stop the service Acs.');
  });

  it('brings back what needs others after those, in the reverse of the order in which they stopped', async () => {
    const { manager, services } = machine();
    manager.add('Sql', 'good');
    manager.add('Acs', 'good', 'Sql');
    manager.add('Web', 'good', 'Acs');
    expect(codeOf(await services.start('Web', 5000))).toBe('ok');
    expect(codeOf(await services.stop('Sql', 5000))).toBe('ok');
    expect(codeOf(await services.start('Sql', 5000))).toBe('ok');
    expect(manager.asked).toEqual([
      'start Web',
      'stop Web',
      'stop Acs',
      'stop Sql',
      'start Sql',
      'start Acs',
      'start Web',
    ]);
  });

  it('tries again while the service takes no orders, and asks once when it took one', async () => {
    const { manager, services } = machine();
    manager.add('Acs', 'good');
    manager.become('Acs', { state: 'running', processId: 7, exitCode: 0, ownExitCode: 0 });
    manager.answers.push({ ok: false, at: 'call', code: 1061 }, { ok: false, at: 'call', code: 1061 });
    expect(codeOf(await services.stop('Acs', 1000))).toBe('ok');
    expect(manager.asked).toEqual(['stop Acs', 'stop Acs', 'stop Acs']);
  });

  it('waits its turn while another service is being started', async () => {
    const { manager, services } = machine();
    manager.add('Acs', 'good');
    manager.answers.push({ ok: false, at: 'call', code: 1055 });
    expect(codeOf(await services.start('Acs', 1000))).toBe('ok');
    expect(manager.asked).toEqual(['start Acs', 'start Acs']);
  });

  it('does not ask a service again that took the order and goes on running', async () => {
    const { manager, services } = machine();
    manager.add('Acs', 'good');
    manager.become('Acs', { state: 'running', processId: 7, exitCode: 0, ownExitCode: 0 });
    manager.answers.push({ ok: true, value: undefined });
    expect(codeOf(await services.stop('Acs', 1000))).toBe('service-did-not-stop');
    expect(manager.asked).toEqual(['stop Acs']);
  });

  it('is content when the service ended before it could be asked', async () => {
    const { manager, services } = machine();
    manager.add('Acs', 'good');
    manager.become('Acs', { state: 'running', processId: 7, exitCode: 0, ownExitCode: 0 });
    manager.answers.push({ ok: false, at: 'call', code: 1062 });
    manager.status('Acs');
    manager.become('Acs', { state: 'stopped', processId: null, exitCode: 0, ownExitCode: 0 }, 50);
    expect(codeOf(await services.stop('Acs', 1000))).toBe('ok');
  });

  it('gives up on a service control that holds the caller', async () => {
    const { manager, services, time } = machine();
    manager.add('Acs', 'hangs in start');
    manager.holds = true;
    expect(codeOf(await services.start('Acs', 1000))).toBe('service-did-not-start');
    expect(time.now()).toBe(1000);
  });

  it('waits for a service that is still stopping before it starts it', async () => {
    const { manager, services } = machine();
    manager.add('Acs', 'good');
    manager.become('Acs', { state: 'stopping', processId: 7, exitCode: 0, ownExitCode: 0 });
    manager.status('Acs');
    manager.become('Acs', { state: 'stopped', processId: null, exitCode: 0, ownExitCode: 0 }, 500);
    expect(codeOf(await services.start('Acs', 5000))).toBe('ok');
  });

  it('notices that the process was exchanged while it was watched', async () => {
    const { manager, services } = machine();
    manager.add('Acs', 'good');
    manager.become('Acs', { state: 'running', processId: 7, exitCode: 0, ownExitCode: 0 });
    manager.status('Acs');
    manager.become('Acs', { state: 'running', processId: 8, exitCode: 0, ownExitCode: 0 }, 500);
    expect(sentenceOf(await services.start('Acs', 5000))).toContain('its process ended and was started again');
  });

  it("gives the service's own code as the cause", async () => {
    const { manager, services } = machine();
    manager.add('Acs', 'good');
    manager.answers.push({ ok: true, value: undefined });
    manager.become('Acs', { state: 'stopped', processId: null, exitCode: 1066, ownExitCode: 42 });
    expect(sentenceOf(await services.start('Acs', 5000))).toContain('it ended with its own code 42');
  });

  it('names the service that needs the other one when it does not stop, and stops nothing else', async () => {
    const { manager, services } = machine();
    manager.add('Sql', 'good');
    manager.add('Acs', 'refuses to stop', 'Sql');
    expect(codeOf(await services.start('Acs', 5000))).toBe('ok');
    expect(sentenceOf(await services.stop('Sql', 1000))).toBe(
      'The service Acs, which needs Sql, cannot be stopped now: it takes no stop.',
    );
    expect(manager.asked).not.toContain('stop Sql');
  });
});
