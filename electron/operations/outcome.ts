import type { Claim, Outcome } from '#shared/plan.ts';
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

export function outcomeOf(title: string, summary: string, claims: readonly Claim[], clock: Clock): Outcome {
  return { title, summary, claims: [...claims], endedAt: clock.now().toISOString() };
}
