import { describe, expect, it } from 'vitest';
import { systemClock } from '#electron/machine/clock.ts';
import { systemdServices } from '#electron/services/systemd/systemd-services.ts';
import type { SystemctlAnswer } from '#electron/services/systemd/systemctl.ts';
import { parseUnitStatus, unitName } from '#electron/services/systemd/unit-status.ts';
import { VirtualTime } from './fake-service-manager.ts';
import { codeOf, sentenceOf } from './services-contract.ts';

/** As systemd 252 answered `systemctl show` for a service that runs. */
const recorded = `MainPID=76
NRestarts=0
Result=success
ExecMainStatus=0
InvocationID=5f0b6d4b3b0e4b0f8d3c7a0e6b1c2d3e
Id=lab-a.service
RequiredBy=
BoundBy=
ConsistsOf=
LoadState=loaded
ActiveState=active
SubState=running
CanStart=yes
CanStop=yes
`;
const changed = (changes: Readonly<Record<string, string>>) =>
  Object.entries(changes).reduce(
    (text, [name, value]) => text.replace(new RegExp(`^${name}=.*$`, 'm'), `${name}=${value}`),
    recorded,
  );
const ended = (output: string, exitCode = 0): SystemctlAnswer => ({ kind: 'ended', exitCode, output });

/** Answers in turn, the last one for ever. */
function answering(...answers: readonly SystemctlAnswer[]) {
  const asked: string[][] = [];
  const systemctl = async (args: readonly string[]) => {
    asked.push([...args]);
    return await Promise.resolve(answers[Math.min(asked.length, answers.length) - 1] ?? ended(''));
  };
  const services = systemdServices({ clock: systemClock, systemctl, waiting: new VirtualTime(), isRoot: true });
  return { asked, services };
}

describe("systemd's answers, as they were recorded", () => {
  it('say that a service runs, and in which process', async () => {
    const { services } = answering(ended(recorded));
    const reading = await services.inspect('lab-a');
    expect(reading.state === 'known' ? reading.value : reading.cause.sentence).toEqual({
      name: 'lab-a',
      state: 'running',
      processId: 76,
    });
  });

  it.each([
    ['active', 'running'],
    ['reloading', 'running'],
    ['activating', 'starting'],
    ['deactivating', 'stopping'],
    ['inactive', 'stopped'],
    ['failed', 'stopped'],
  ])('call a service %s that is %s', (said, state) => {
    expect(parseUnitStatus(changed({ ActiveState: said }))?.state).toBe(state);
  });

  it.each([
    ['exit-code', '203', 'its program cannot be run'],
    ['exit-code', '217', 'its account does not exist'],
    ['exit-code', '42', 'its process ended with code 42'],
    ['signal', '9', 'a signal ended its process'],
    ['start-limit-hit', '1', 'it ended too often'],
    ['of a later version', '1', 'systemd says of a later version'],
  ])('give %s with status %s its cause', (Result, ExecMainStatus, cause) => {
    expect(parseUnitStatus(changed({ Result, ExecMainStatus }))?.ended).toContain(cause);
  });

  it('name a process of its own only while there is one', () => {
    expect(parseUnitStatus(changed({ ActiveState: 'failed' }))?.processId).toBe(null);
    expect(parseUnitStatus(changed({ MainPID: '0' }))?.processId).toBe(null);
  });

  it('name the services that stop with it, and no targets', () => {
    const RequiredBy = 'b.service multi-user.target';
    expect(parseUnitStatus(changed({ RequiredBy, BoundBy: 'c.service b.service' }))?.neededBy).toEqual([
      'b.service',
      'c.service',
    ]);
  });

  it.each([
    '',
    'Unit lab-a.service could not be found.',
    'ActiveState=active\n',
    'Id=a\nLoadState=loaded\nActiveState=new\n',
  ])('are silence when they are %j', async (output) => {
    const { services } = answering(ended(output));
    const reading = await services.inspect('lab-a');
    expect(reading.state === 'unknown' ? reading.cause.code : reading.state).toBe('service-control-silent');
  });

  it('are silence when they do not come in time or end with a failure', async () => {
    for (const answer of [{ kind: 'late' } as const, ended(recorded, 1)]) {
      expect(codeOf(await answering(answer).services.stop('lab-a', 1000))).toBe('service-control-silent');
    }
  });
});

describe('a service under systemd', () => {
  it.each(['lab*', 'lab?', 'lab[1]', '--now', '-a', '', 'a b', 'a;b', '$(id)', '/etc/passwd', 'a'.repeat(300)])(
    'is not called %j, and systemctl is not asked',
    async (name) => {
      const { asked, services } = answering(ended(recorded));
      expect(codeOf(await services.stop(name, 1000))).toBe('service-unknown');
      expect(asked).toEqual([]);
    },
  );

  it('is named in full', () => {
    expect(unitName('acs')).toBe('acs.service');
    expect(unitName('acs.service')).toBe('acs.service');
    expect(unitName(String.raw`acs\x2dserver@1`)).toBe(String.raw`acs\x2dserver@1.service`);
  });

  it('is asked to stop by its own name, behind the end of the options', async () => {
    const { asked, services } = answering(ended(recorded), ended(''), ended(changed({ ActiveState: 'inactive' })));
    expect(codeOf(await services.stop('alias', 1000))).toBe('ok');
    expect(asked[1]).toEqual(['stop', '--', 'lab-a.service']);
  });

  it('is waited for when the order was given but is not through', async () => {
    const stopping = ended(changed({ ActiveState: 'deactivating' }));
    const { services } = answering(
      ended(recorded),
      ended(''),
      stopping,
      stopping,
      ended(changed({ ActiveState: 'inactive' })),
    );
    expect(codeOf(await services.stop('lab-a', 1000))).toBe('ok');
  });

  it('did not start when systemd started it again while it was watched', async () => {
    const stopped = ended(changed({ ActiveState: 'inactive', InvocationID: '' }));
    for (const again of [changed({ NRestarts: '1' }), changed({ MainPID: '99' })]) {
      const { services } = answering(stopped, stopped, ended(''), ended(recorded), ended(recorded), ended(again));
      expect(sentenceOf(await services.start('lab-a', 1000))).toContain('its process ended and was started again');
    }
  });
});
