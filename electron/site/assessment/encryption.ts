import { isLoopback } from '#shared/site-profile.ts';
import { grantsFor } from './grants.ts';
import { judge, unread } from './ground.ts';
import type { AssessmentGround, FindingsOf, Judged } from './ground.ts';

/** How this connection was encrypted and judged, and who talks to the server in clear text. */
export const encryptionFindings: FindingsOf = (ground) => [certificate(ground), ...clearText(ground), forced];

function certificate({ profile, survey }: AssessmentGround): Judged {
  const { host, trust } = profile.endpoint;
  const own = survey.connections.ok ? survey.connections.value.own : undefined;
  if (own?.encrypted === false)
    return judge('encryption', 'certificate', {
      severity: 'attention',
      title: 'The server says that this connection is not encrypted',
      detail: 'Mortise encrypts every connection. Something between here and the server ends the encryption.',
      next: 'Find out what stands between this machine and the server before a password is sent again.',
    });
  switch (trust.kind) {
    case 'ca':
      return judge('encryption', 'certificate', {
        severity: 'good',
        title: 'Encrypted, and the certificate is verified',
        detail: `It is made out to ${host} and signed by ${trust.certificate === null ? 'a CA that this machine trusts' : 'the CA that the profile names'}.`,
      });
    case 'pinned':
      return judge('encryption', 'certificate', {
        severity: 'good',
        title: 'Encrypted, and the certificate is the pinned one',
        detail: 'The server shows exactly the certificate that the profile holds. Another one would be refused.',
      });
    case 'loopback-unverified':
      return judge('encryption', 'certificate', {
        severity: 'attention',
        title: 'Encrypted, not verified',
        detail: isLoopback(host)
          ? "The server shows its own fallback certificate, new at each start, and nobody vouches for it. That was accepted because it is this machine. Another program on this machine could take the server's place."
          : 'Nobody vouches for the certificate.',
        next: 'Give the instance a certificate of a CA, or pin one in the profile.',
      });
  }
}

function clearText(ground: AssessmentGround): readonly Judged[] {
  const { connections } = ground.survey;
  if (!connections.ok)
    return [
      unread('encryption', 'sessions', {
        what: 'which sessions are encrypted',
        cause: connections.error,
        grants: [grantsFor(ground).viewServerState],
      }),
    ];
  // What does not leave this machine's memory is not encrypted, and need not be.
  const open = connections.value.sessions.filter(
    ({ encrypted, transport }) => !encrypted && transport !== 'Shared memory',
  );
  if (open.length === 0)
    return [
      judge('encryption', 'sessions', {
        severity: 'good',
        title: 'Every session over the network is encrypted now',
        detail: `${connections.value.sessions.length} groups of sessions were read.`,
      }),
    ];
  return [
    judge('encryption', 'sessions', {
      severity: 'attention',
      title: 'Some sessions are not encrypted',
      detail: 'What they send and read, passwords that they set included, can be read on the way.',
      next: 'Switch on "Force Encryption" in SQL Server Configuration Manager, or encryption in these programs.',
      evidence: open.map(
        ({ login, program, host, address, sessions }) =>
          `${login}, ${program || 'a program without a name'} on ${host || 'an unnamed machine'} (${address}): ${sessions}`,
      ),
    }),
  ];
}

const forced = judge('encryption', 'forced', {
  severity: 'note',
  title: 'Whether the server forces encryption cannot be seen from here',
  detail: 'The setting "Force Encryption" is not among what SQL Server tells its clients.',
  next: 'Look at it in SQL Server Configuration Manager, Protocols, Flags.',
});
