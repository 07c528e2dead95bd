import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Snapshot } from '#shared/snapshot.ts';
import type { Answers } from '#tests/component/fake-client.ts';
import { readyAssessment } from '#tests/component/sample/assessment.ts';
import { manyControllers, sampleControllers } from '#tests/component/sample/controllers.ts';
import { sampleLockdown, sampleProgress } from '#tests/component/sample/lockdowns.ts';
import { openRotation, rotationProgress } from '#tests/component/sample/rotations.ts';
import { sampleVerification } from '#tests/component/sample/verifications.ts';
import { inMinutes } from '#tests/component/sample/moments.ts';
import {
  commissioned,
  firstVisit,
  lockedSnapshot,
  permissions,
  sampleSnapshot,
  someRights,
  unreachable,
} from '#tests/component/sample/snapshot.ts';
import {
  sampleSecureMode,
  sampleSurvey,
  unknownSecureMode,
  unreadSurvey,
} from '#tests/component/sample/secure-mode.ts';

interface Scene {
  readonly snapshot: () => Snapshot;
  readonly answers?: Answers;
}

const never = () => new Promise<never>(() => {});
const down = 'The server does not answer, so it is not known what is allowed.';

/** The states of a site in which every screen is worth looking at. */
export const scenes: Readonly<Record<string, Scene>> = {
  open: { snapshot: () => sampleSnapshot({ commissioning: commissioned('on', { until: inMinutes(95) }) }) },
  locked: { snapshot: () => lockedSnapshot() },
  drifted: {
    snapshot: () =>
      lockedSnapshot({
        commissioning: commissioned('off', {
          drift: [
            {
              name: 'The membership guard is disabled',
              meaning: 'Controllers can be added and removed although commissioning mode is off.',
              next: 'Switch commissioning mode on and off again, and find out who disabled the trigger.',
              wayOut: 'site.restoreGuard',
            },
            {
              name: 'The database is on another server than the one it was locked on',
              meaning: 'It was restored or moved: machine and recovery fork differ from what was recorded.',
              next: 'If that is the new hardware, adopt this server. If not, find out who restored it, and when.',
              wayOut: 'commissioning.adoptServer',
            },
          ],
        }),
        controllers: known({ ...sampleControllers({ registered: true, changes: true }) }, new Date()),
        notices: [
          {
            id: 'clock',
            severity: 'warning',
            sentence: 'The clock of this machine went back by 4 minutes.',
            next: 'Set the clock right; entries of the trail keep their order by number.',
          },
        ],
      }),
  },
  /** A real site on Linux: what was switched on is gone, addresses stay allowed, and somebody else has to probe. */
  'secure-mode-drifted': {
    snapshot: () =>
      lockedSnapshot({
        secureMode: sampleSecureMode({
          firewall: 'nftables',
          reasons: [
            {
              effect: 'voids',
              sentence: 'A rule that Mortise did not make stands before the drop in its chain.',
              next: 'Put the block back; it takes the rule away.',
            },
            {
              effect: 'weakens',
              sentence: '10.20.4.17 stays allowed until 2026-11-22 08:00 UTC.',
              next: 'Take it off the allowed addresses when it is no longer needed.',
            },
          ],
          rules: known(['nftables: drop TCP 49172 from every other machine, IPv4 and IPv6'], new Date()),
          allowed: [
            { address: '10.20.4.17', until: inMinutes(95) },
            { address: '10.20.4.32/28', until: null },
          ],
          meant: known({ since: new Date().toISOString(), by: 'SITE\\ines' }, new Date()),
          drift: ['A rule that Mortise did not make stands before the drop in its chain.'],
          canProbe: false,
          atStart: known('outdated', new Date()),
          layers: ['this-machine'],
        }),
        listeners: sampleSurvey({
          differences: ['SQL Server listens on TCP 49172, but its configuration says 1433 for the next start.'],
          asked: [
            { source: 'server', found: known(3, new Date()) },
            {
              source: 'containers',
              found: unknown(
                failure('listeners-unreadable', {
                  source: 'the rules of iptables',
                  cause: 'they are not in the form of nftables',
                }),
                new Date(),
              ),
            },
          ],
        }),
        permissions: permissions(),
      }),
    answers: {
      'secureMode.askProbe': () =>
        succeed({
          nonce: 'K7QD-93MX-F2WA-8TRC',
          askedAt: new Date().toISOString(),
          addresses: ['10.20.4.5'],
          command: 'mortise probe 10.20.4.5 --ports 49172,1434/udp --nonce K7QD-93MX-F2WA-8TRC',
          powershell:
            "function Test-AccessServer {\n  # Tries the ports of an access-control server from this PC.\n  $nonce = 'K7QD-93MX-F2WA-8TRC'\n}\nTest-AccessServer",
        }),
    },
  },
  unreachable: {
    snapshot: () =>
      sampleSnapshot({
        server: unreachable,
        commissioning: unreachable,
        controllers: unreachable,
        listeners: unreadSurvey(unreachable.cause),
        sessions: unreachable,
        secureMode: unknownSecureMode(unreachable.cause),
        logins: unreachable,
        permissions: permissions({
          'site.prepare': down,
          'site.remove': down,
          'commissioning.on': down,
          'commissioning.off': down,
          'lockdown.run': down,
          'secureMode.on': down,
          'secureMode.off': down,
        }),
      }),
  },
  'first-visit': { snapshot: () => firstVisit({ rights: known([...someRights], new Date()) }) },
  'first-visit-ready': {
    snapshot: () => firstVisit(),
    answers: { 'assessment.run': () => succeed(readyAssessment()) },
  },
  'first-visit-unreachable': {
    snapshot: () =>
      firstVisit({
        server: unreachable,
        commissioning: unreachable,
        controllers: unreachable,
        listeners: unreadSurvey(unreachable.cause),
        rights: unreachable,
        sessions: unreachable,
        secureMode: unknownSecureMode(unreachable.cause),
        logins: unreachable,
      }),
    answers: { 'assessment.run': () => failed(failure('login-refused', { login: 'sa' })) },
  },
  'only-training': { snapshot: () => sampleSnapshot(), answers: { 'sites.list': () => succeed([]) } },
  rehearsing: {
    snapshot: () =>
      lockedSnapshot({
        commissioning: commissioned('rehearsing', { until: inMinutes(8), reason: 'Trying the lock before handover' }),
        permissions: permissions(),
      }),
  },
  'rehearsal-over': {
    snapshot: () => sampleSnapshot({ commissioning: commissioned('rehearsal-over'), permissions: permissions() }),
  },
  upgrading: {
    snapshot: () =>
      sampleSnapshot({
        commissioning: commissioned('upgrading', { reason: 'Net2 6.9' }),
        rights: known([...someRights], new Date()),
        permissions: permissions(),
      }),
  },
  'locked-by-time': {
    snapshot: () =>
      lockedSnapshot({
        commissioning: commissioned('locked-by-time', { unreviewed: 3 }),
        permissions: permissions(),
      }),
  },
  'half-prepared': {
    snapshot: () =>
      sampleSnapshot({
        commissioning: known(
          { state: 'half-prepared', found: ['schema mortise', 'table mortise.site_state'] },
          new Date(),
        ),
        permissions: permissions(),
      }),
  },
  large: { snapshot: () => lockedSnapshot({ controllers: known(manyControllers(), new Date()) }) },
  unprepared: { snapshot: () => sampleSnapshot({ commissioning: known({ state: 'not-prepared' }, new Date()) }) },
  running: {
    snapshot: () =>
      sampleSnapshot({ lockdown: sampleLockdown('running'), operation: sampleProgress(['done', 'running']) }),
    answers: { 'lockdown.run.apply': never },
  },
  failed: { snapshot: () => sampleSnapshot({ lockdown: sampleLockdown('failed'), permissions: permissions() }) },
  interrupted: {
    snapshot: () => sampleSnapshot({ lockdown: sampleLockdown('interrupted'), permissions: permissions() }),
  },
  finished: {
    snapshot: () => lockedSnapshot({ lockdown: sampleLockdown('finished'), permissions: permissions() }),
  },
  'rotation-open': { snapshot: () => sampleSnapshot({ openRotation: openRotation() }) },
  'rotation-running': { snapshot: () => sampleSnapshot(), answers: { 'rotation.rotateMany.apply': never } },
  'rotation-failed': {
    snapshot: () =>
      sampleSnapshot({
        openRotation: openRotation(),
        operation: rotationProgress(['done', 'failed'], {
          ended: { how: 'failed', failure: failure('service-did-not-start', { service: 'AcsService', cause: '1067' }) },
        }),
      }),
    answers: {
      'rotation.rotateMany.apply': () =>
        failed(
          failure('rotated-in-part', {
            done: 0,
            all: 2,
            what: 'acs_service: AcsService did not start. Not begun: mortise_run.',
          }),
        ),
    },
  },
  differing: {
    snapshot: () => sampleSnapshot(),
    answers: {
      'rotation.verify': () =>
        succeed(
          sampleVerification('acs_service', {
            verdict: 'differs',
            consumers: [
              { place: '/var/lib/acs/AcsService.exe.config', holds: known('previous', new Date()) },
              { place: '/etc/acs/reports.env', holds: known('not-readable', new Date()) },
            ],
            services: [{ name: 'AcsService', loggedIn: known(false, new Date()), how: 'It runs without a session' }],
            sentence: '/var/lib/acs/AcsService.exe.config does not hold the password that works.',
            next: 'Bring every copy into line; the services that read it are started again.',
          }),
        ),
    },
  },
  real: {
    snapshot: () => {
      const snapshot = sampleSnapshot();
      return { ...snapshot, site: { ...snapshot.site, kind: 'real' as const } };
    },
  },
  refused: {
    snapshot: () => sampleSnapshot(),
    answers: { 'commissioning.off.plan': () => failed(failure('lock-timeout')) },
  },
};
