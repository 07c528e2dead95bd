import type { Lockdown, LockdownStep } from '#shared/snapshot.ts';
import { changeText } from '#shared/change-text.ts';
import { escapeHtml, factsTable, htmlPage } from '#electron/documents/html-page.ts';

/** What the summary says besides the lockdown itself. */
export interface SummaryFacts {
  readonly site: string;
  readonly kind: 'training' | 'real';
  readonly endpoint: string;
  readonly account: string;
  readonly trailHead: string;
  readonly savedAt: string;
}

export type Finished = Exclude<Lockdown, { readonly state: 'none' }>;

/** The summary as JSON: what was done and proved, for programs. `format` rises when the shape changes. */
export function summaryJson(lockdown: Finished, facts: SummaryFacts): string {
  return `${JSON.stringify({ format: 1, ...facts, lockdown }, null, 2)}\n`;
}

/** The summary as one HTML page that needs nothing else, for people and printers. */
export function summaryHtml(lockdown: Finished, facts: SummaryFacts): string {
  const training =
    facts.kind === 'training' ? '<p class="training">Training site: everything here was simulated.</p>' : '';
  const rows: readonly (readonly [string, string])[] = [
    ['Site', facts.site],
    ['SQL Server', facts.endpoint],
    ['Engineer', lockdown.engineer],
    ['Account', facts.account],
    ['Started', lockdown.startedAt],
    ['Ended', lockdown.endedAt ?? 'not ended'],
    ['State', lockdown.state],
    ['Trail head', facts.trailHead],
    ['Saved', facts.savedAt],
  ];
  const title = `Lockdown of ${facts.site}`;
  return htmlPage(
    title,
    `<h1>${escapeHtml(title)}</h1>
${training}
${factsTable(rows)}
${lockdown.steps.map(stepHtml).join('\n')}`,
  );
}

function stepHtml(step: LockdownStep): string {
  const claims = step.claims.map(
    ({ claim, verdict, method, at }) =>
      `<tr><td>${escapeHtml(claim)}</td><td>${escapeHtml(verdict)}</td><td>${escapeHtml(method)}</td><td>${escapeHtml(at)}</td></tr>`,
  );
  return `<section>
<h2>${escapeHtml(step.title)}: ${escapeHtml(step.state)}</h2>
${step.note === null ? '' : `<p>${escapeHtml(step.note)}</p>`}
${step.failure === null ? '' : `<p>${escapeHtml(step.failure.sentence)} ${escapeHtml(step.failure.next)}</p>`}
${claims.length === 0 ? '' : `<table><tr><th>Claim</th><th>Verdict</th><th>How</th><th>When</th></tr>${claims.join('')}</table>`}
${step.planned.length === 0 ? '' : `<details><summary>What was shown before it was done</summary>${step.planned.map((change) => `<pre>${escapeHtml(changeText(change))}</pre>`).join('')}</details>`}
</section>`;
}
