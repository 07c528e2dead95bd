import type { Assessment, Finding } from '#shared/assessment.ts';
import { minutesAgo } from './moments.ts';

const findings: readonly Finding[] = [
  {
    id: 'encryption-fallback',
    area: 'encryption',
    severity: 'attention',
    title: 'The server shows its own fallback certificate',
    detail: 'SQL Server makes it anew at each start, so it can neither be verified nor pinned.',
    next: 'Have a certificate installed for SQL Server, or accept “encrypted, not verified” on this machine.',
    evidence: ['CN=SSL_Self_Signed_Fallback', 'SHA-256 5E:0A:9C:11'],
  },
  {
    id: 'version-supported',
    area: 'version',
    severity: 'good',
    title: 'SQL Server 2019 is supported',
    detail: 'Everything that Mortise does is possible on it.',
    next: null,
    evidence: [],
  },
  {
    id: 'output-334',
    area: 'output-clause',
    severity: 'blocking',
    title: 'A procedure of the vendor returns rows while it updates',
    detail:
      'dbo.usp_RegisterAcu uses OUTPUT without INTO on dbo.ACU. With any trigger for UPDATE on the table it fails with error 334, also while commissioning mode is on.',
    next: 'Leave the guard of updates out in the profile; changed controllers are then found by comparing with the register.',
    evidence: ['dbo.usp_RegisterAcu, line 14: UPDATE dbo.ACU SET … OUTPUT inserted.AcuId'],
  },
  {
    id: 'output-note',
    area: 'output-clause',
    severity: 'good',
    title: 'No such statement in the plan cache',
    detail: '412 cached statements were looked at.',
    next: null,
    evidence: [],
  },
  {
    id: 'listeners-unread',
    area: 'listeners',
    severity: 'unknown',
    title: 'The listeners could not be read',
    detail: 'The login may not see sys.dm_tcp_listener_states.',
    next: 'Grant VIEW SERVER STATE, or assess again as an administrator.',
    evidence: ['GRANT VIEW SERVER STATE TO [mortise_run];'],
  },
  {
    id: 'models',
    area: 'models',
    severity: 'note',
    title: '1 controller is of a model that the next version drops',
    detail: 'ACU-1 in the plant room.',
    next: null,
    evidence: ['ACU-1: 00:14:1C:03'],
  },
];

/** A first visit to a site of which some is fine, some is not, and some could not be read. */
export function sampleAssessment(different: Partial<Assessment> = {}): Assessment {
  return {
    takenAt: minutesAgo(1),
    site: {
      name: 'Harbour Office',
      endpoint: 'ACS-SRV-01\\NET2',
      database: 'Net2',
      controllerTable: 'dbo.ACU',
    },
    as: 'sa',
    verdicts: [
      {
        what: 'commissioning mode',
        state: 'blocked',
        sentence: 'A procedure of the vendor would fail with any trigger for updates on this table.',
      },
      { what: 'credential rotation', state: 'ready', sentence: '1 login can be rotated, with all its copies.' },
      { what: 'secure mode', state: 'unknown', sentence: 'The listeners could not be read.' },
    ],
    findings: [...findings],
    ...different,
  };
}

/** The same after what stood in the way was solved. */
export function readyAssessment(): Assessment {
  return sampleAssessment({
    verdicts: [
      { what: 'commissioning mode', state: 'ready', sentence: 'The controller table can be guarded as it is.' },
      { what: 'credential rotation', state: 'ready', sentence: '1 login can be rotated, with all its copies.' },
      { what: 'secure mode', state: 'ready', sentence: 'Every listener was found and can be blocked.' },
    ],
    findings: findings.filter(({ severity }) => severity === 'good' || severity === 'note'),
  });
}
