import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import type { ErrorCode } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Snapshot } from '#shared/snapshot.ts';
import { readCommandLine } from '#electron/cli/arguments.ts';
import { runCommand } from '#electron/cli/run-command.ts';
import { sampleSnapshot, commissioned } from '#tests/component/sample/snapshot.ts';
import { sampleLogins } from '#tests/component/sample/logins.ts';
import { fakeClient, written } from './fake-client.ts';
import { sampleSecureMode, unknownSecureMode } from '#tests/component/sample/secure-mode.ts';

/** What a command came to: exit code, both streams, and what was asked of main. */
async function mortise(
  text: string,
  answers: Readonly<Record<string, Result<unknown>>> = {},
  agree = true,
): Promise<{
  code: number;
  out: string;
  err: string;
  asked: readonly string[];
  inputs: readonly unknown[];
  questions: number;
}> {
  const read = readCommandLine(text.split(' '));
  if (!read.ok) throw new Error(read.sentence);
  const { client, asked, listening } = fakeClient(answers);
  const { texts, output } = written();
  let questions = 0;
  const ask = async () => {
    questions += 1;
    return await Promise.resolve(agree);
  };
  const code = await runCommand(read.line, { client, output, ask });
  expect(listening(), 'nobody listens any more').toBe(0);
  return {
    code,
    ...texts,
    asked: asked.map(({ channel }) => channel),
    inputs: asked.map(({ input }) => input),
    questions,
  };
}

const snapshot = (different: Partial<Snapshot> = {}) => {
  const shown = succeed(sampleSnapshot(different));
  return { 'site.snapshot': shown, 'secureMode.read': shown };
};
const keysOf = (value: unknown) => Object.keys(value as object);
const parsed = (text: string) => JSON.parse(text) as Record<string, Record<string, unknown>>;
const withVerdict = (verdict: 'in-force' | 'in-force-but' | 'not-in-force') =>
  sampleSecureMode({ verdict, reasons: [] });
const reason = 'Asked for on the command line';

const changes: readonly (readonly [string, string, unknown])[] = [
  ['prepare', 'site.prepare', { setup: null }],
  ['create-login', 'site.createRunLogin', { setup: null, mayChangeLogins: false }],
  ['create-login --may-change-logins', 'site.createRunLogin', { setup: null, mayChangeLogins: true }],
  ['remove', 'site.remove', { setup: null }],
  ['commissioning off', 'commissioning.off', { reason }],
  ['commissioning off --reason Handover', 'commissioning.off', { reason: 'Handover' }],
  ['commissioning on', 'commissioning.on', { reason, openUntil: null }],
  [
    'commissioning on --until 2026-11-21T22:00:00Z',
    'commissioning.on',
    { reason, openUntil: '2026-11-21T22:00:00.000Z' },
  ],
  ['secure-mode on', 'secureMode.on', {}],
  ['secure-mode off', 'secureMode.off', { reason }],
  ['secure-mode at-start on', 'secureMode.atStart', { installed: true }],
  ['secure-mode bind this-machine', 'secureMode.bindInstance', { layer: 'this-machine', reason }],
  ['rotate acs_service', 'rotation.rotate', { login: 'acs_service' }],
  ['rotate acs_service --back', 'rotation.restore', { login: 'acs_service' }],
  ['rotate a b', 'rotation.rotateMany', { logins: ['a', 'b'] }],
  ['reconcile acs_service', 'rotation.reconcile', { login: 'acs_service' }],
  ['try-defaults acs_service', 'rotation.tryDefaults', { login: 'acs_service' }],
  ['reset acs_service', 'rotation.reset', { login: 'acs_service', setup: null }],
  ['undo', 'lockdown.undo', { setup: null }],
  ['stop', 'lockdown.stop', {}],
];

describe.each(changes)('mortise %s', (text, channel, input) => {
  it('plans, shows, asks, and applies by the id of the plan alone', async () => {
    const done = await mortise(text);
    expect(done).toMatchObject({ code: 0, asked: [`${channel}.plan`, `${channel}.apply`], questions: 1 });
    expect(done.inputs).toEqual([input, { planId: 'plan-1' }]);
    expect(done.out).toContain('1. Remove the rules');
    expect(done.out).toContain('[verified] No rule is in force');
  });

  it('changes nothing when the answer is no', async () => {
    const done = await mortise(text, {}, false);
    expect(done).toMatchObject({ code: 3, asked: [`${channel}.plan`] });
    expect(done.err).toContain('Nothing was changed.');
  });

  it('does not ask with --yes, and shows the plan all the same', async () => {
    const done = await mortise(`${text} --yes`);
    expect(done).toMatchObject({ code: 0, questions: 0 });
    expect(done.out).toContain('1. Remove the rules');
  });
});

describe('With --json', () => {
  const planKeys = [
    'title',
    'summary',
    'steps',
    'affected',
    'warnings',
    'takeBack',
    'consent',
    'planId',
    'digest',
    'expiresAt',
  ];

  it('a change answers one document of plan and outcome', async () => {
    const document = parsed((await mortise('undo --yes --json')).out);
    expect(keysOf(document)).toEqual(['plan', 'outcome']);
    expect(keysOf(document['plan'])).toEqual(planKeys);
    expect(keysOf(document['outcome'])).toEqual(['title', 'summary', 'claims', 'endedAt']);
    expect(keysOf((document['outcome']?.['claims'] as unknown[] | undefined)?.[0])).toEqual([
      'claim',
      'verdict',
      'method',
      'at',
    ]);
  });

  it('a change that failed answers one document of plan and failure', async () => {
    const refused = failed(failure('already-so', { what: 'it is off' }));
    const planned = await mortise('undo --yes --json', { 'lockdown.undo.plan': refused });
    expect(planned.code).toBe(3);
    expect(parsed(planned.out)).toEqual({ plan: null, failure: refused.error });
    const applied = await mortise('undo --yes --json', { 'lockdown.undo.apply': refused });
    expect(keysOf(parsed(applied.out))).toEqual(['plan', 'failure']);
    expect(keysOf(parsed(applied.out)['plan'])).toEqual(planKeys);
    expect(keysOf(parsed(applied.out)['failure'])).toEqual(['code', 'sentence', 'next']);
  });

  it('the plan that is asked about is shown beside the document, and a no is one too', async () => {
    const done = await mortise('undo --json', {}, false);
    expect(done.code).toBe(3);
    expect(done.err).toContain('1. Remove the rules');
    expect(parsed(done.out)['failure']).toMatchObject({ code: 'consent-refused' });
  });

  it('the status is the snapshot, whole or in part', async () => {
    const whole = parsed((await mortise('status --json', snapshot())).out);
    expect(keysOf(whole).toSorted()).toEqual(Object.keys(sampleSnapshot()).toSorted());
    const commissioning = parsed((await mortise('commissioning status --json', snapshot())).out);
    expect(keysOf(commissioning)).toEqual(['state', 'at', 'value']);
    expect(keysOf(commissioning['value'])).toEqual([
      'state',
      'since',
      'by',
      'reason',
      'until',
      'unreviewed',
      'registered',
      'drift',
    ]);
    const secure = parsed((await mortise('secure-mode status --json', snapshot())).out);
    expect(secure).toMatchObject({ verdict: 'not-in-force', probe: { state: 'not-probed' }, drift: [] });
  });

  it('what could not be read is a document of its failure', async () => {
    const lost = failed(failure('connection-lost'));
    for (const [text, channel] of [
      ['status --json', 'site.snapshot'],
      ['trail verify --json', 'trail.verify'],
    ] as const) {
      const done = await mortise(text, { [channel]: lost });
      expect(done).toMatchObject({ code: 5, err: '' });
      expect(parsed(done.out)).toEqual({ failure: lost.error });
    }
  });

  it('the proof of the trail is a document of its own', async () => {
    const proof = { entries: 3, holds: true, firstBroken: null, sentence: 'It holds.' };
    expect(parsed((await mortise('trail verify --json', { 'trail.verify': succeed(proof) })).out)).toEqual(proof);
  });
});

describe('A failure', () => {
  const codes: readonly (readonly [ErrorCode, number])[] = [
    ['busy', 4],
    ['server-unreachable', 5],
    ['proof-failed', 1],
    ['not-allowed', 3],
  ];
  it.each(codes)('%s ends with its exit code and its sentence on the error stream', async (code, exit) => {
    const word = failure as unknown as (code: ErrorCode, facts: object) => ReturnType<typeof failure>;
    const why = word(code, { holder: 'Ines', since: 'noon', endpoint: 'e', what: 'w', why: 'Not now.' });
    const done = await mortise('prepare --yes', { 'site.prepare.apply': failed(why) });
    expect(done.code).toBe(exit);
    expect(done.err).toBe(`${why.sentence}\n${why.next}\n`);
  });
});

describe('mortise status', () => {
  const cause = failure('connection-lost');
  const drift = [{ name: 'Guard missing', meaning: 'Gone.', next: 'Look.', wayOut: null }];
  const unread = unknown(cause, new Date());
  const states: readonly (readonly [string, Partial<Snapshot>, number, number, number])[] = [
    ['all is as it should be', {}, 0, 0, 0],
    ['the site is not prepared', { commissioning: known({ state: 'not-prepared' }, new Date()) }, 0, 0, 0],
    ['there is drift', { commissioning: commissioned('off', { drift }) }, 6, 6, 0],
    ['commissioning is unknown', { commissioning: unread }, 6, 6, 0],
    ['secure mode is unknown', { secureMode: unknownSecureMode(cause) }, 6, 0, 6],
    ['secure mode is in force, but', { secureMode: withVerdict('in-force-but') }, 6, 0, 6],
    [
      'secure mode is open although it is meant to be on',
      {
        secureMode: sampleSecureMode({
          meant: known({ since: new Date().toISOString(), by: 'ines' }, new Date()),
          reasons: [{ effect: 'voids', sentence: 'OFFICE-7 still reached TCP 1433.', next: 'Look.' }],
        }),
      },
      6,
      0,
      6,
    ],
    [
      'whether secure mode is meant to be on cannot be read',
      { secureMode: sampleSecureMode({ verdict: 'in-force', reasons: [], meant: unread }) },
      6,
      0,
      6,
    ],
    ['secure mode is in force', { secureMode: withVerdict('in-force') }, 0, 0, 0],
    ['a service is down', { services: [{ name: 'AcsService', state: known('stopped', new Date()) }] }, 6, 0, 0],
    ['a service cannot be inspected', { services: [{ name: 'AcsService', state: unread }] }, 6, 0, 0],
    [
      'a service is just starting',
      { services: [{ name: 'AcsService', state: known('starting', new Date()) }] },
      0,
      0,
      0,
    ],
    [
      'a rotation is not finished',
      { notices: [{ id: 'rotation-open', severity: 'warning', sentence: 'Not finished.', next: 'Go on.' }] },
      6,
      0,
      0,
    ],
  ];
  it.each(states)('has the exit code for: %s', async (_what, different, all, commissioning, secureMode) => {
    expect((await mortise('status', snapshot(different))).code).toBe(all);
    expect((await mortise('commissioning status', snapshot(different))).code).toBe(commissioning);
    expect((await mortise('secure-mode status', snapshot(different))).code).toBe(secureMode);
  });

  it('of a site that cannot be asked at all is a failure', async () => {
    const done = await mortise('status', { 'site.snapshot': failed(cause) });
    expect(done).toMatchObject({ code: 5, out: '' });
  });
});

describe('mortise trail verify', () => {
  it('says in one sentence whether the trail holds, and ends with 6 where it does not', async () => {
    const proof = { entries: 3, holds: false, firstBroken: 2, sentence: 'Entry 2 was changed.' };
    const done = await mortise('trail verify', { 'trail.verify': succeed(proof) });
    expect(done).toMatchObject({ code: 6, out: 'Entry 2 was changed.\n' });
  });
});

describe('mortise lockdown', () => {
  const unfinished = {
    direction: 'forward',
    id: '1',
    engineer: 'Ines',
    startedAt: '2026-11-21T20:00:00.000Z',
    endedAt: null,
    steps: [] as [],
  } as const;

  it('starts one with the login that is given', async () => {
    const done = await mortise('lockdown --engineer Ines --login acs_service --reason Handover', snapshot());
    expect(done.asked).toEqual(['site.snapshot', 'lockdown.run.plan', 'lockdown.run.apply']);
    expect(done.inputs[1]).toEqual({ engineer: 'Ines', login: 'acs_service', reason: 'Handover', setup: null });
  });

  it('takes the only service login that can be rotated, and asks which where there are more or none', async () => {
    const [one] = sampleLogins().filter(({ role, rotatable }) => role === 'service' && rotatable.possible);
    const only = one ?? expect.fail('The sample has a service login that can be rotated.');
    const [own] = sampleLogins().filter(({ role }) => role === 'run');
    const single = await mortise('lockdown', snapshot({ logins: known([...(own ? [own] : []), only], new Date()) }));
    expect(single.inputs[1]).toMatchObject({ login: only.name });
    const two = await mortise('lockdown', snapshot({ logins: known([only, { ...only, name: 'other' }], new Date()) }));
    expect(two).toMatchObject({ code: 2, asked: ['site.snapshot'] });
    expect(two.err).toContain(`${only.name}, other`);
    const none = await mortise('lockdown', snapshot({ logins: unknown(failure('connection-lost'), new Date()) }));
    expect(none).toMatchObject({
      code: 5,
      asked: ['site.snapshot'],
      err: expect.stringContaining(failure('connection-lost').sentence),
    });
    const empty = await mortise('lockdown', snapshot({ logins: known([], new Date()) }));
    expect(empty).toMatchObject({ code: 2, err: expect.stringContaining('none can be') });
  });

  it.each(['interrupted', 'failed'] as const)('never goes on with taking one back that is %s', async (state) => {
    const back = snapshot({ lockdown: { state, ...unfinished, direction: 'back' } });
    const done = await mortise('lockdown --yes', back);
    expect(done).toMatchObject({ code: 3, asked: ['site.snapshot'], err: expect.stringContaining('"mortise undo"') });
    expect((await mortise('undo --yes', back)).asked).toEqual(['lockdown.undo.plan', 'lockdown.undo.apply']);
  });

  it.each(['interrupted', 'failed'] as const)('goes on with one that is %s', async (state) => {
    const done = await mortise('lockdown', snapshot({ lockdown: { state, ...unfinished } }));
    expect(done.asked).toEqual(['site.snapshot', 'lockdown.resume.plan', 'lockdown.resume.apply']);
  });
});
