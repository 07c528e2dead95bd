import type { Claim, Outcome } from '#shared/plan.ts';
import type { Drift } from '#shared/snapshot.ts';
import type { Clock } from '#electron/machine/clock.ts';

export function verified(claim: string, method: string, clock: Clock): Claim {
  return { claim, verdict: 'verified', method, at: clock.now().toISOString() };
}

export function refuted(claim: string, method: string, clock: Clock): Claim {
  return { claim, verdict: 'refuted', method, at: clock.now().toISOString() };
}

export function unproved(claim: string, method: string, clock: Clock): Claim {
  return { claim, verdict: 'unknown', method, at: clock.now().toISOString() };
}

/** `whenAll` where every claim was verified; otherwise how many were, and which were not shown. */
export function saidOf(claims: readonly Claim[], whenAll: string): string {
  const open = claims.filter(({ verdict }) => verdict !== 'verified');
  if (open.length === 0) return whenAll;
  const names = [...new Set(open.map(({ claim }) => claim))].join('; ');
  return `${claims.length - open.length} of ${claims.length} claims were verified. Not shown: ${names}.`;
}

/** What refutes a proof, as the part of a sentence. */
export function driftText(drift: readonly Drift[]): string {
  return drift.map(({ name, meaning }) => `${name.toLowerCase()} (${meaning.replace(/\.$/, '')})`).join('; ');
}

export function outcomeOf(title: string, summary: string, claims: readonly Claim[], clock: Clock): Outcome {
  return { title, summary, claims: [...claims], endedAt: clock.now().toISOString() };
}
