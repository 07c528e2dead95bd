import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failureText, outcomeText, planText } from '#electron/cli/print.ts';
import { commissioningText, lockdownText, secureModeText, statusText } from '#electron/cli/status-text.ts';
import { unknown } from '#shared/reading.ts';
import { commissioned, lockedSnapshot, sampleSnapshot } from '#tests/component/sample/snapshot.ts';
import { outcome, plan } from './fake-client.ts';
import { unknownSecureMode } from '#tests/component/sample/secure-mode.ts';

const lost = unknown(failure('connection-lost'), new Date());

describe('A plan on a terminal', () => {
  it('shows everything that will change, who notices, and whether it can be taken back', () => {
    expect(planText(plan)).toBe(`Switch secure mode off
  Other machines can reach SQL Server again.

  1. Remove the rules
       firewall: remove drop TCP 1433
       -- in Acs, as sa
       SELECT 1;

       SELECT 2;

  Who notices: Every machine
    Can connect again.

  Note: The login is the only protection then.

  Can be taken back: Switch secure mode on again.
`);
  });

  it('says where nothing leads back', () => {
    expect(planText({ ...plan, takeBack: { possible: false, why: 'The register is gone.' } })).toContain(
      '  Cannot be taken back: The register is gone.\n',
    );
  });
});

describe('An unfinished lockdown on a terminal', () => {
  it('names the commands that lead on from there, each way', () => {
    const unfinished = { id: '1', engineer: 'Ines', startedAt: '2026-11-21T20:00:00.000Z', endedAt: null, steps: [] };
    const forward = lockdownText({ lockdown: { ...unfinished, state: 'interrupted', direction: 'forward' } });
    expect(forward).toContain('"mortise lockdown" goes on');
    const back = lockdownText({ lockdown: { ...unfinished, state: 'failed', direction: 'back' } });
    expect(back).toContain('"mortise undo" goes on');
    expect(back).not.toContain('mortise lockdown');
    expect(lockdownText({ lockdown: { state: 'none' } })).toBe('none');
  });
});

describe('An outcome on a terminal', () => {
  it('has a line for every claim with its verdict; what is refuted stands out', () => {
    expect(outcomeText(outcome)).toBe(`Secure mode is off
  Other machines can reach SQL Server again.
  [verified] No rule is in force
      Read back, 2026-11-21T20:00:00.000Z
  [REFUTED] Nobody is cut off
      Sessions, 2026-11-21T20:00:00.000Z
  [unknown] Reached from outside
      Not probed, 2026-11-21T20:00:00.000Z
`);
  });
});

describe('A failure on a terminal', () => {
  it('is its sentence and what to do next', () => {
    const { sentence, next } = failure('connection-lost');
    expect(failureText(failure('connection-lost'))).toBe(`${sentence}\n${next}\n`);
  });
});

describe('The status on a terminal', () => {
  it('says of everything that could not be read that it is unknown, and why', () => {
    const text = statusText(
      sampleSnapshot({
        server: lost,
        commissioning: lost,
        secureMode: unknownSecureMode(lost.cause),
        controllers: lost,
        sessions: lost,
        logins: lost,
        trail: lost,
      }),
    );
    expect(text.match(/unknown: The connection to SQL Server was lost\./g)).toHaveLength(7);
    expect(text).not.toMatch(/not prepared|not in force|NOT encrypted/);
  });

  it('says that a training site is simulated, and nothing of the kind of a real one', () => {
    const { site } = sampleSnapshot();
    expect(statusText(sampleSnapshot())).toContain('(simulated: nothing on this machine is changed)');
    expect(statusText(sampleSnapshot({ site: { ...site, kind: 'real' } }))).not.toContain('simulated');
  });

  it('names each drift with its meaning, and until when it stays on', () => {
    const commissioning = commissioned('on', {
      since: '2026-11-21T20:00:00.000Z',
      by: 'ines',
      reason: 'Two readers',
      unreviewed: 0,
      until: '2026-11-21T22:00:00.000Z',
      drift: [{ name: 'Guard missing', meaning: 'The trigger is gone.', next: 'Find out.', wayOut: null }],
    });
    expect(commissioningText({ commissioning })).toBe(
      'on since 2026-11-21T20:00:00.000Z, until 2026-11-21T22:00:00.000Z, by ines (Two readers)\n      drift: Guard missing. The trigger is gone. Find out.',
    );
  });

  it('says what secure mode rests on', () => {
    expect(secureModeText(sampleSnapshot())).toBe(
      'not in force: None of our rules is in force. (not probed from outside)',
    );
    expect(secureModeText(lockedSnapshot())).toMatch(/^in force \(probed from 127\.0\.0\.2: nothing answered\)$/);
  });

  it('names a published default password in capitals', () => {
    expect(statusText(sampleSnapshot())).toContain('(PUBLISHED DEFAULT PASSWORD)');
  });

  it('shows every notice with what to do', () => {
    const notices = [{ id: 'a', severity: 'warning', sentence: 'It is open.', next: 'Carry on.' }] as const;
    expect(statusText(sampleSnapshot({ notices: [...notices] }))).toContain('  warning: It is open. Carry on.\n');
  });
});
