import type { Lockdown, LockdownStep } from '#shared/snapshot.ts';
import { changeText } from '#shared/change-text.ts';

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

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string) => text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');

/** The summary as one HTML page that needs nothing else, for people and printers. */
export function summaryHtml(lockdown: Finished, facts: SummaryFacts): string {
  const training =
    facts.kind === 'training' ? '<p class="training">Training site: everything here was simulated.</p>' : '';
  const rows = [
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
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Lockdown of ${escape(facts.site)}</title>
<style>
body { font: 11pt/1.45 "Segoe UI", system-ui, sans-serif; margin: 2rem auto; max-width: 52rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 1.6rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #bbb; }
pre { white-space: pre-wrap; background: #f3f3f3; color: #111; padding: .6rem; font-size: 9pt; }
.training { border: 2px solid; padding: .5rem; font-weight: 600; }
@media print { body { margin: 0; } h2, tr { break-inside: avoid; } }
</style>
</head>
<body>
<h1>Lockdown of ${escape(facts.site)}</h1>
${training}
<table>${rows.map(([name, value]) => `<tr><th scope="row">${escape(name ?? '')}</th><td>${escape(value ?? '')}</td></tr>`).join('')}</table>
${lockdown.steps.map(stepHtml).join('\n')}
</body>
</html>
`;
}

function stepHtml(step: LockdownStep): string {
  const claims = step.claims.map(
    ({ claim, verdict, method, at }) =>
      `<tr><td>${escape(claim)}</td><td>${escape(verdict)}</td><td>${escape(method)}</td><td>${escape(at)}</td></tr>`,
  );
  return `<section>
<h2>${escape(step.title)}: ${escape(step.state)}</h2>
${step.note === null ? '' : `<p>${escape(step.note)}</p>`}
${step.failure === null ? '' : `<p>${escape(step.failure.sentence)} ${escape(step.failure.next)}</p>`}
${claims.length === 0 ? '' : `<table><tr><th>Claim</th><th>Verdict</th><th>How</th><th>When</th></tr>${claims.join('')}</table>`}
${step.planned.length === 0 ? '' : `<details><summary>What was shown before it was done</summary>${step.planned.map((change) => `<pre>${escape(changeText(change))}</pre>`).join('')}</details>`}
</section>`;
}
