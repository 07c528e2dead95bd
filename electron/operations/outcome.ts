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

export function outcomeOf(title: string, summary: string, claims: readonly Claim[], clock: Clock): Outcome {
  return { title, summary, claims: [...claims], endedAt: clock.now().toISOString() };
}
