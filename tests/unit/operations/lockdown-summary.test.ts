import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { lockdownSchema } from '#shared/snapshot.ts';
import { summaryHtml, summaryJson } from '#electron/operations/lockdown/lockdown-summary.ts';
import type { Finished, SummaryFacts } from '#electron/operations/lockdown/lockdown-summary.ts';

const at = '2026-11-21T20:00:00.000Z';
const hostile = `<script>alert("1")</script>'&"<img src=x onerror=alert(2)>`;

function lockdown(text: string): Finished {
  return {
    state: 'failed',
    direction: 'forward',
    id: text,
    engineer: text,
    startedAt: at,
    endedAt: null,
    steps: [
      {
        id: 'rotate',
        title: text,
        state: 'failed',
        note: text,
        failure: failure('statement-failed', { number: 1, text }),
        planned: [
          { kind: 'tsql', where: text, as: text, text },
          { kind: 'file', path: text, diff: text },
        ],
        claims: [{ claim: text, verdict: 'verified', method: text, at }],
      },
      { id: 'verify', title: 'Verify', state: 'waiting', note: null, failure: null, planned: [], claims: [] },
    ],
  };
}

function facts(text: string, kind: SummaryFacts['kind'] = 'real'): SummaryFacts {
  return { site: text, kind, endpoint: text, account: text, trailHead: text, savedAt: at };
}

/** The tags of a page, in order. */
const tags = (html: string) => [...html.matchAll(/<\/?[a-z0-9]+[^>]*>/gi)].map(([tag]) => tag);

describe('The summary as a page', () => {
  it('shows hostile text as text, wherever it comes from: the page has the same tags as with plain text', () => {
    const page = summaryHtml(lockdown(hostile), facts(hostile));
    expect(tags(page)).toEqual(tags(summaryHtml(lockdown('plain'), facts('plain'))));
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;&quot;');
  });

  it('says everything that was planned, done and proved', () => {
    const page = summaryHtml(lockdown('plain'), facts('plain'));
    for (const text of ['plain: failed', 'Verify: waiting', '-- in plain, as plain', 'verified', at, 'not ended'])
      expect(page).toContain(text);
    expect(page).toContain(failure('statement-failed', { number: 1, text: 'plain' }).next);
  });

  it('says that a training site was simulated, and nothing of the kind of a real one', () => {
    expect(summaryHtml(lockdown('a'), facts('a', 'training'))).toContain('everything here was simulated');
    expect(summaryHtml(lockdown('a'), facts('a', 'real'))).not.toContain('simulated');
  });

  it('needs nothing from anywhere else, and runs nothing', () => {
    const page = summaryHtml(lockdown('a'), facts('a'));
    expect(page).not.toMatch(/<script|<link|<img|<iframe|src=|href=|url\(|@import|https?:/i);
  });
});

describe('The summary as JSON', () => {
  it('parses, has its format and gives back everything as it was', () => {
    const text = summaryJson(lockdown(hostile), facts(hostile));
    const parsed = JSON.parse(text) as Record<string, unknown>;
    expect(Object.keys(parsed)).toEqual([
      'format',
      'site',
      'kind',
      'endpoint',
      'account',
      'trailHead',
      'savedAt',
      'lockdown',
    ]);
    expect(parsed).toEqual({ format: 1, ...facts(hostile), lockdown: lockdown(hostile) });
    expect(lockdownSchema.safeParse(parsed['lockdown']).success).toBe(true);
    expect(text.endsWith('}\n')).toBe(true);
  });
});
