import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { ListenerSurvey, SecureMode } from '#shared/secure-mode.ts';
import type { SessionGroup } from '#shared/snapshot.ts';
import type { FirewallState } from '#electron/firewall/firewall.ts';
import type { VerdictGround } from '#electron/site/secure-mode/verdict.ts';
import { now } from './sample-status.ts';

type SurveyedListener = ListenerSurvey['listeners'][number];

export const sql: SurveyedListener = {
  address: '0.0.0.0',
  port: 1433,
  protocol: 'tcp',
  purpose: 'T-SQL',
  sources: ['server'],
};
export const browser: SurveyedListener = {
  address: '0.0.0.0',
  port: 1434,
  protocol: 'udp',
  purpose: 'SQL Server Browser',
  sources: ['server'],
};
/** The dedicated administrator's port, as it is set up by default: for this machine alone. */
export const adminPort: SurveyedListener = { ...sql, address: '127.0.0.1', port: 1434 };

export const survey = (different: Partial<ListenerSurvey> = {}): ListenerSurvey => ({
  listeners: [sql, { ...sql, address: '::' }, adminPort, browser],
  asked: [{ source: 'server', found: known(4, now) }],
  differences: [],
  remotePipes: known(false, now),
  ...different,
});

export const firewall = (different: Partial<FirewallState> = {}): Reading<FirewallState> =>
  known(
    {
      rules: ['drop tcp 1433', 'drop udp 1434'],
      blocked: [
        { protocol: 'tcp', port: 1433 },
        { protocol: 'udp', port: 1434 },
      ],
      allowed: [],
      findings: [],
      ...different,
    },
    now,
  );
export const noRules = firewall({ rules: [], blocked: [] });

export const group = (different: Partial<SessionGroup> = {}): SessionGroup => ({
  login: 'acs_service',
  program: 'AcsService',
  host: 'ACS-SRV-01',
  address: '127.0.0.1',
  transport: 'TCP',
  sessions: 1,
  origin: 'local',
  ...different,
});

export const probed = (
  saw: 'answered' | 'open' | 'refused' | 'filtered',
  protocol: 'tcp' | 'udp' = 'tcp',
): SecureMode['probe'] => ({
  state: 'probed',
  by: 'engineer',
  from: 'OFFICE-7',
  at: now.toISOString(),
  seen: [{ protocol, port: protocol === 'tcp' ? 1433 : 1434, saw, version: null }],
  untried: [],
});

export const unread = unknown(failure('connection-lost'), now);

/** Everything read, everything blocked, nobody through. */
export const ground = (different: Partial<VerdictGround> = {}): VerdictGround => ({
  survey: survey(),
  firewall: firewall(),
  sessions: known([group()], now),
  probe: { state: 'not-probed' },
  besides: [],
  ...different,
});
