import { portWords } from '#shared/port-words.ts';
import type { Reading } from '#shared/reading.ts';
import type { Snapshot } from '#shared/snapshot.ts';
import { wasReached } from '#shared/was-reached.ts';

function reading<T>(value: Reading<T>, say: (known: T) => string): string {
  return value.state === 'known' ? say(value.value) : `unknown: ${value.cause.sentence}`;
}

const verdicts = {
  'in-force': 'in force',
  'in-force-but': 'in force, but',
  'not-in-force': 'not in force:',
  unknown: 'unknown:',
} as const;

export function commissioningText({ commissioning }: Pick<Snapshot, 'commissioning'>): string {
  return reading(commissioning, (value) => {
    if (value.state === 'not-prepared') return 'not prepared: nothing is enforced';
    if (value.state === 'half-prepared')
      return `only a part of Mortise's objects is there (${value.found.join(', ')}): remove them, then prepare again`;
    const drift = value.drift.map((each) => `\n      drift: ${each.name}. ${each.meaning} ${each.next}`).join('');
    const until = value.until === null ? '' : `, until ${value.until}`;
    const unreviewed = value.unreviewed === 0 ? '' : `, ${value.unreviewed} changes not reviewed`;
    return `${value.state} since ${value.since}${until}${unreviewed}, by ${value.by} (${value.reason})${drift}`;
  });
}

export function secureModeText({ secureMode }: Pick<Snapshot, 'secureMode'>): string {
  const { verdict, reasons, probe, drift } = secureMode;
  const reached = probe.state === 'probed' ? probe.seen.filter(wasReached) : [];
  const probed =
    probe.state === 'not-probed'
      ? 'not probed from outside'
      : `probed from ${probe.from}${probe.by === 'engineer' ? ', stated by the engineer' : ''}: ${reached.length === 0 ? 'nothing answered' : `reached ${reached.map(portWords).join(', ')}`}`;
  const drifted = drift.map((sentence) => `\n      drift: ${sentence}`).join('');
  return `${[verdicts[verdict], ...reasons.map(({ sentence }) => sentence)].join(' ')} (${probed})${drifted}`;
}

/** Where it stands, and which commands lead on from there. */
export function lockdownText({ lockdown }: Pick<Snapshot, 'lockdown'>): string {
  if (lockdown.state !== 'interrupted' && lockdown.state !== 'failed') return lockdown.state;
  return lockdown.direction === 'back'
    ? `${lockdown.state} while it was taken back: "mortise undo" goes on, "mortise stop" leaves it as it is`
    : `${lockdown.state}: "mortise lockdown" goes on, "mortise undo" takes it back, "mortise stop" leaves it as it is`;
}

/** The rights that Mortise's own login lacks, each with the statement that gives it. */
export function rightsText({ rights }: Pick<Snapshot, 'rights'>): string {
  return reading(rights, (all) => {
    const missing = all.filter(({ held, required }) => required && !held);
    const lines = missing.map(({ name, why, grant }) => `\n      missing: ${name}. ${why} ${grant}`);
    const extra = all.filter(({ held, required }) => held && !required).map(({ name }) => name);
    const wished = extra.length === 0 ? '' : `, and ${extra.join(', ')}`;
    return `${all.filter(({ held, required }) => held && required).length} of ${all.filter(({ required }) => required).length}${wished}${lines.join('')}`;
  });
}

/** The site at a glance, for a terminal. */
export function statusText(snapshot: Snapshot): string {
  const { site } = snapshot;
  const lines = [
    `${site.name}${site.kind === 'training' ? ' (simulated: nothing on this machine is changed)' : ''}`,
    `  SQL Server     ${site.endpoint}, database ${site.database}`,
    `  Server         ${reading(snapshot.server, (server) => `${server.edition} ${server.version}, ${server.accessMode}, connection ${server.connection.encrypted ? 'encrypted' : 'NOT encrypted'}, certificate ${server.connection.certificate}`)}`,
    `  Commissioning  ${commissioningText(snapshot)}`,
    `  Secure mode    ${secureModeText(snapshot)}`,
    `  Controllers    ${reading(snapshot.controllers, (all) => `${all.total}: ${all.bound} bound, ${all.new} new, ${all.changed} changed, ${all.missing} missing; ${all.asleep} asleep, ${all.unsupported} of an unsupported model`)}`,
    `  Sessions       ${reading(snapshot.sessions, (all) => all.map((each) => `${each.sessions} ${each.login} (${each.program}, ${each.origin})`).join('; '))}`,
    `  Logins         ${reading(snapshot.logins, (all) => all.map((each) => `${each.name}${each.publishedDefault.state === 'known' && each.publishedDefault.value ? ' (PUBLISHED DEFAULT PASSWORD)' : ''}`).join(', '))}`,
    `  Rights         ${rightsText(snapshot)}`,
    `  Services       ${snapshot.services.map(({ name, state }) => `${name} ${reading(state, (now) => now)}`).join(', ') || 'none'}`,
    `  Lockdown       ${lockdownText(snapshot)}`,
    `  Trail          ${reading(snapshot.trail, (trail) => `${trail.entries} entries, head ${trail.head.slice(0, 16)}`)}`,
    `  Secrets        ${snapshot.secretStore.sentence}`,
    ...snapshot.notices.map((notice) => `  ${notice.severity}: ${notice.sentence} ${notice.next}`),
    '',
  ];
  return lines.join('\n');
}
