import type { Client } from '#shared/client.ts';
import type { Outcome, Plan } from '#shared/plan.ts';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Progress } from '#shared/snapshot.ts';
import { createClient } from '#shared/client.ts';
import type { Output } from '#electron/cli/print.ts';

export const plan: Plan = {
  title: 'Switch secure mode off',
  summary: 'Other machines can reach SQL Server again.',
  steps: [
    {
      id: 'unblock',
      title: 'Remove the rules',
      changes: [
        { kind: 'firewall', action: 'remove', rule: 'drop TCP 1433' },
        { kind: 'tsql', where: 'Acs', as: 'sa', text: 'SELECT 1;\n\nSELECT 2;' },
      ],
    },
  ],
  affected: [{ who: 'Every machine', how: 'Can connect again.' }],
  warnings: ['The login is the only protection then.'],
  takeBack: { possible: true, how: 'Switch secure mode on again.' },
  consent: 'Let other machines in?',
  planId: 'plan-1',
  digest: 'd1',
  expiresAt: '2026-11-21T20:10:00.000Z',
};

export const outcome: Outcome = {
  title: 'Secure mode is off',
  summary: 'Other machines can reach SQL Server again.',
  claims: [
    { claim: 'No rule is in force', verdict: 'verified', method: 'Read back', at: '2026-11-21T20:00:00.000Z' },
    { claim: 'Nobody is cut off', verdict: 'refuted', method: 'Sessions', at: '2026-11-21T20:00:00.000Z' },
    { claim: 'Reached from outside', verdict: 'unknown', method: 'Not probed', at: '2026-11-21T20:00:00.000Z' },
  ],
  endedAt: '2026-11-21T20:00:01.000Z',
};

/** A client that answers each channel as told, and remembers what it was asked. */
export function fakeClient(answers: Readonly<Record<string, Result<unknown>>> = {}) {
  const asked: { readonly channel: string; readonly input: unknown }[] = [];
  const listeners = new Set<(value: unknown) => void>();
  const client: Client = createClient({
    call: async (channel, input) => {
      asked.push({ channel, input });
      const answer = answers[channel];
      if (answer !== undefined) return await Promise.resolve(answer);
      if (channel.endsWith('.plan')) return succeed(plan);
      if (channel.endsWith('.apply')) return succeed(outcome);
      throw new Error(`Nobody said what ${channel} answers.`);
    },
    on: (_name, listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const tell = (progress: Progress) => {
    for (const listener of listeners) listener(progress);
  };
  return { client, asked, tell, listening: () => listeners.size };
}

/** What was written to each of the two streams. */
export function written() {
  const texts = { out: '', err: '' };
  const output: Output = {
    out: (text) => {
      texts.out += text;
    },
    err: (text) => {
      texts.err += text;
    },
  };
  return { texts, output };
}
