import { known, unknown } from '#shared/reading.ts';
import type { Failure } from '#shared/errors.ts';
import type { ListenerSurvey, SecureMode } from '#shared/secure-mode.ts';

/** Not in force, nothing meant, everything read. */
export function sampleSecureMode(different: Partial<SecureMode> = {}): SecureMode {
  const now = new Date();
  return {
    verdict: 'not-in-force',
    reasons: [
      {
        effect: 'voids',
        sentence: 'None of our rules is in force.',
        next: 'Switch secure mode on, or put the block back.',
      },
    ],
    firewall: 'training',
    rules: known([], now),
    allowed: [],
    meant: known(null, now),
    drift: [],
    watch: null,
    probe: { state: 'not-probed' },
    atStart: known('not-needed', now),
    instance: known('everywhere', now),
    layers: [],
    canProbe: true,
    ...different,
  };
}

/** The firewall could not be read. */
export function unknownSecureMode(
  { sentence, next, ...rest }: Failure,
  different: Partial<SecureMode> = {},
): SecureMode {
  return sampleSecureMode({
    verdict: 'unknown',
    reasons: [{ effect: 'doubts', sentence, next }],
    rules: unknown({ ...rest, sentence, next }, new Date()),
    ...different,
  });
}

export function sampleSurvey(different: Partial<ListenerSurvey> = {}): ListenerSurvey {
  const now = new Date();
  return {
    listeners: [
      { address: '0.0.0.0', port: 49172, protocol: 'tcp', purpose: 'T-SQL', sources: ['server'] },
      { address: '::', port: 49172, protocol: 'tcp', purpose: 'T-SQL', sources: ['server'] },
      { address: '0.0.0.0', port: 1434, protocol: 'udp', purpose: 'SQL Server Browser', sources: ['server'] },
    ],
    asked: [{ source: 'server', found: known(3, now) }],
    differences: [],
    remotePipes: known(false, now),
    ...different,
  };
}

/** SQL Server could not be asked. */
export const unreadSurvey = (cause: Failure): ListenerSurvey =>
  sampleSurvey({ listeners: [], asked: [{ source: 'server', found: unknown(cause, new Date()) }] });
