import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { known } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { AllowedAddress } from '#shared/secure-mode.ts';
import type { SessionGroup } from '#shared/snapshot.ts';
import { secureModeCommand } from '#electron/cli/commands/secure-mode.ts';
import type { SecureModeCommand } from '#electron/cli/secure-mode-arguments.ts';
import { sampleSecureMode } from '#tests/component/sample/secure-mode.ts';
import { sampleSnapshot } from '#tests/component/sample/snapshot.ts';
import { fakeClient, written } from './fake-client.ts';

const allowed: AllowedAddress = { address: '10.0.0.9', until: null };
const withAllowed = (...all: AllowedAddress[]) =>
  succeed(sampleSnapshot({ secureMode: sampleSecureMode({ allowed: all }) }));
const remote: SessionGroup = {
  login: 'rep',
  program: 'Reports',
  host: 'OFFICE-7',
  address: '10.0.0.9',
  transport: 'TCP',
  sessions: 1,
  origin: 'remote',
};
const withSessions = (...groups: SessionGroup[]) => succeed(sampleSnapshot({ sessions: known(groups, new Date()) }));

/** What a command came to; changes are planned only. */
async function run(
  command: SecureModeCommand,
  answers: Readonly<Record<string, Result<unknown>>>,
  { until = null, json = false }: { readonly until?: string | null; readonly json?: boolean } = {},
) {
  const { client, asked } = fakeClient(answers);
  const { texts, output } = written();
  const code = await secureModeCommand(command, {
    client,
    output,
    json,
    reason: 'Reports',
    until,
    every: 1,
    change: async (call) => {
      await call.plan();
      return 0;
    },
  });
  const planned = asked.find(({ channel }) => channel.endsWith('.plan'));
  return { code, out: texts.out, err: texts.err, channel: planned?.channel, input: planned?.input };
}

const name = 'secure-mode';
const plan = {
  'secureMode.allow.plan': failed(failure('connection-lost')),
  'secureMode.on.plan': failed(failure('connection-lost')),
};

describe('The command secure-mode', () => {
  it('allow adds an address to those that are allowed, with its time, or gives it another one', async () => {
    const until = '2027-01-01T00:00:00.000Z';
    const other = { address: '10.0.0.8', until: null };
    const answers = { ...plan, 'site.snapshot': withAllowed(other, allowed) };
    expect(await run({ name, to: 'allow', address: '10.0.0.9' }, answers, { until })).toMatchObject({
      channel: 'secureMode.allow.plan',
      input: { allowed: [other, { address: '10.0.0.9', until }], reason: 'Reports' },
    });
  });

  it('forbid takes one away, and says so where it is not among them', async () => {
    const answers = { ...plan, 'site.snapshot': withAllowed(allowed) };
    expect(await run({ name, to: 'forbid', address: '10.0.0.9' }, answers)).toMatchObject({
      input: { allowed: [], reason: 'Reports' },
    });
    const not = await run({ name, to: 'forbid', address: '10.0.0.7' }, answers);
    expect(not).toMatchObject({ code: 3, channel: undefined });
    expect(not.err).toContain('10.0.0.7 is not among the allowed addresses');
  });

  it('allow refuses what is no address before anything is asked', async () => {
    const done = await run({ name, to: 'allow', address: '10.0.0' }, {});
    expect(done.code).toBe(1);
    expect(done.err).toContain('10.0.0 is no address and no range in CIDR notation');
  });

  it('on --wait goes on at once where nobody is connected from elsewhere', async () => {
    const answers = { ...plan, 'site.snapshot': withSessions() };
    expect(await run({ name, to: 'on', wait: 5 }, answers)).toMatchObject({ code: 0, channel: 'secureMode.on.plan' });
  });

  it('on --wait says for whom it waits, and switches nothing when they stay', async () => {
    const answers = { ...plan, 'site.snapshot': withSessions(remote) };
    const done = await run({ name, to: 'on', wait: 0.0005 }, answers);
    expect(done).toMatchObject({ code: 3, channel: undefined });
    expect(done.err).toContain('Waiting for Reports on OFFICE-7 (10.0.0.9).');
  });

  it('ask-probe prints both texts and how to bring the answer back, or all of it as JSON', async () => {
    const request = {
      nonce: 'K7QD',
      askedAt: '2026-11-21T20:00:00.000Z',
      addresses: ['10.0.0.5'],
      command: 'mortise probe 10.0.0.5',
      powershell: '$nonce',
    };
    const answers = { 'secureMode.askProbe': succeed(request) };
    const { code, out } = await run({ name, to: 'ask-probe' }, answers);
    expect(code).toBe(0);
    for (const part of ['mortise probe 10.0.0.5', '$nonce', 'mortise secure-mode take-probe FILE', 'K7QD'])
      expect(out).toContain(part);
    expect(JSON.parse((await run({ name, to: 'ask-probe' }, answers, { json: true })).out)).toEqual(request);
  });

  it('take-probe says what secure mode is by then, and why an answer is none', async () => {
    const taken = { 'secureMode.takeProbe': withAllowed() };
    expect((await run({ name, to: 'take-probe', file: 'a' }, taken)).out).toContain('not probed from outside');
    const none = { 'secureMode.takeProbe': failed(failure('probe-not-one', { cause: 'it was cut short' })) };
    const done = await run({ name, to: 'take-probe', file: 'a' }, none);
    expect(done.code).toBe(1);
    expect(done.err).toContain('it was cut short');
  });
});
