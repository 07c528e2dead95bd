import { momentWords } from '#shared/moment-words.ts';
import { portWords } from '#shared/port-words.ts';
import type { Reading } from '#shared/reading.ts';
import type { Finding, ListenerSurvey, SecureMode } from '#shared/secure-mode.ts';
import type { SessionGroup } from '#shared/snapshot.ts';
import { wasReached } from '#shared/was-reached.ts';
import type { FirewallState } from '#electron/firewall/firewall.ts';
import { isLocalOnly, openToOthers } from '#electron/listeners/local-only.ts';
import { mayComeThrough } from './drift.ts';
import { sayListener, stillOpen } from './ports.ts';

/** Everything that was read and bears on whether another machine reaches SQL Server here. */
export interface VerdictGround {
  readonly survey: ListenerSurvey;
  readonly firewall: Reading<FirewallState>;
  readonly sessions: Reading<readonly SessionGroup[]>;
  readonly probe: SecureMode['probe'];
  /** What bears on it besides: SQL Server is on another machine, say. */
  readonly besides: readonly Finding[];
}

const voids = (sentence: string, next: string): Finding => ({ effect: 'voids', sentence, next });
const weakens = (sentence: string, next: string): Finding => ({ effect: 'weakens', sentence, next });
const doubts = ({ cause }: { readonly cause: { readonly sentence: string; readonly next: string } }): Finding => ({
  effect: 'doubts',
  sentence: cause.sentence,
  next: cause.next,
});

const putBack = 'Switch secure mode on, or put the block back.';
const goOver = 'Switch secure mode on again: it blocks what listens now.';

/**
 * The verdict and its reasons. What is known to be open decides before what is unknown, and what is unknown before what
 * is only left open: "in force" needs everything known, everything blocked and nobody through.
 */
export function judgeSecureMode(ground: VerdictGround): Pick<SecureMode, 'verdict' | 'reasons'> {
  const findings = [
    ...ofTheFirewall(ground),
    ...ofTheSurvey(ground.survey),
    ...ofTheProbe(ground),
    ...ofTheSessions(ground),
    ...ground.besides,
  ];
  const reasons = (['voids', 'doubts', 'weakens'] as const).flatMap((effect) =>
    findings.filter((finding) => finding.effect === effect),
  );
  return { verdict: verdicts[reasons[0]?.effect ?? 'none'], reasons };
}

const verdicts = {
  voids: 'not-in-force',
  doubts: 'unknown',
  weakens: 'in-force-but',
  none: 'in-force',
} as const satisfies Record<Finding['effect'] | 'none', SecureMode['verdict']>;

function ofTheFirewall({ firewall, survey }: VerdictGround): readonly Finding[] {
  if (firewall.state === 'unknown') return [doubts(firewall)];
  const { rules, blocked, allowed, findings } = firewall.value;
  // What voids it says more than that nothing is in force.
  if (rules.length === 0) return findings.some(({ effect }) => effect === 'voids') ? findings : withoutRules(survey);
  return [
    ...findings,
    ...openListeners(survey, blocked),
    ...allowed.map(({ address, until }) =>
      weakens(
        `${address} stays allowed${until === null ? '' : ` until ${momentWords(until)}`}.`,
        'Take it off the allowed addresses when it is no longer needed.',
      ),
    ),
  ];
}

/** Where SQL Server itself listens on this machine alone, no other one reaches it, as long as that stays. */
function listensHereAlone({ listeners }: ListenerSurvey): boolean {
  const sql = listeners.filter(({ protocol }) => protocol === 'tcp');
  return sql.length > 0 && sql.every(isLocalOnly);
}

function withoutRules(survey: ListenerSurvey): readonly Finding[] {
  return listensHereAlone(survey)
    ? [
        weakens(
          "Only SQL Server's own setting keeps other machines out: it listens on this machine alone, and no rule blocks it.",
          putBack,
        ),
      ]
    : [voids('None of our rules is in force.', putBack)];
}

function openListeners(survey: ListenerSurvey, blocked: FirewallState['blocked']): readonly Finding[] {
  return openToOthers(stillOpen(survey.listeners, blocked)).map((listener) => {
    if (listener.protocol === 'udp')
      return weakens(`${sayListener(listener)} is not blocked: it tells where instances listen.`, goOver);
    const onlyWritten = listener.sources.every((source) => source === 'configuration');
    return onlyWritten
      ? weakens(`${sayListener(listener)} is not blocked; SQL Server listens there from its next start on.`, goOver)
      : voids(`${sayListener(listener)} is not blocked.`, goOver);
  });
}

function ofTheSurvey({ asked, listeners, remotePipes }: ListenerSurvey): readonly Finding[] {
  const unread = asked.flatMap(({ found }) => (found.state === 'unknown' ? [doubts(found)] : []));
  const unasked = asked.some(({ source }) => source === 'server')
    ? []
    : [
        {
          effect: 'doubts',
          sentence: 'SQL Server itself was not asked where it listens.',
          next: 'Refresh when it can be reached.',
        } as const,
      ];
  const isSomewhereElse =
    asked.some(({ source, found }) => source === 'sockets' && found.state === 'known' && found.value === 0) &&
    listeners.some(({ protocol }) => protocol === 'tcp') &&
    listeners.every(({ sources }) => !sources.includes('containers'));
  const elsewhere = isSomewhereElse
    ? [
        {
          effect: 'doubts',
          sentence: 'SQL Server answers, but no socket of it is open on this machine: it may run on another one.',
          next: 'Start Mortise on the machine that SQL Server runs on; a container must publish its port here.',
        } as const,
      ]
    : [];
  const pipes =
    remotePipes.state === 'unknown'
      ? [doubts(remotePipes)]
      : remotePipes.value
        ? [
            weakens(
              'SQL Server takes named pipes from other machines (file sharing, TCP 445), which no block of its ports stops.',
              'Switch the named pipes of this instance off in SQL Server Configuration Manager.',
            ),
          ]
        : [];
  const contained = listeners.some(({ sources }) => sources.includes('containers'))
    ? [
        weakens(
          "SQL Server is in a container: its published ports are blocked, but not traffic that is routed to the container's own address.",
          'See that no route of the network leads to the containers of this machine.',
        ),
      ]
    : [];
  return [...unread, ...unasked, ...elsewhere, ...pipes, ...contained];
}

/** One that came through is stronger than every rule that was read. */
function ofTheProbe({ probe, firewall }: VerdictGround): readonly Finding[] {
  if (probe.state === 'not-probed') return [];
  // One that is let through says nothing of the others; that it is, is said already.
  if (firewall.state === 'known' && mayComeThrough(firewall.value.allowed, probe.from)) return [];
  return probe.seen
    .filter(wasReached)
    .map((seen) =>
      (seen.protocol === 'udp' ? weakens : voids)(
        `${probe.from} still reached ${portWords(seen)}.`,
        'Look for what lets it through, then probe again.',
      ),
    );
}

function ofTheSessions({ sessions, firewall, survey }: VerdictGround): readonly Finding[] {
  if (sessions.state === 'unknown') return [doubts(sessions)];
  // Where nothing keeps others out nobody is meant to be cut off, and that is said already.
  if (firewall.state === 'known' && firewall.value.rules.length === 0 && !listensHereAlone(survey)) return [];
  const count = (origin: SessionGroup['origin'], pipe: boolean) =>
    sessions.value
      .filter((group) => group.origin === origin && (group.transport === 'Named pipe') === pipe)
      .reduce((sum, group) => sum + group.sessions, 0);
  const remote = count('remote', false) + count('remote', true);
  const untold = count('cannot-tell', false);
  const throughPipes = count('cannot-tell', true);
  const remotePipes = survey.remotePipes.state === 'known' && survey.remotePipes.value;
  return [
    ...(remote > 0
      ? [
          weakens(
            `${remote} ${remote === 1 ? 'session' : 'sessions'} from other machines ${remote === 1 ? 'is' : 'are'} still there.`,
            'Put the block back: it ends what is left.',
          ),
        ]
      : []),
    ...(untold > 0
      ? [
          {
            effect: 'doubts',
            sentence: `Of ${untold} ${untold === 1 ? 'session' : 'sessions'} it cannot be told whether another machine holds ${untold === 1 ? 'it' : 'them'}.`,
            next: "Give Mortise's login the right to see the server's state (Database tab).",
          } as const,
        ]
      : []),
    ...(throughPipes > 0 && remotePipes
      ? [
          weakens(
            `${throughPipes} ${throughPipes === 1 ? 'session comes' : 'sessions come'} through a named pipe, which shows no address.`,
            'Find out which program it is, or switch the named pipes off.',
          ),
        ]
      : []),
  ];
}
