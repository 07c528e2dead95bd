import { assessmentAreas } from '#shared/assessment.ts';
import type { Assessment, AssessmentVerdict, Finding } from '#shared/assessment.ts';
import { escapeHtml, factsTable, htmlPage } from './html-page.ts';

const areaTitles: Readonly<Record<Finding['area'], string>> = {
  endpoint: 'How the server is reached',
  version: 'Version and edition',
  encryption: 'Encryption',
  listeners: 'Listeners',
  'controller-table': 'Controller table',
  'refused-programs': 'Who would be refused',
  'output-clause': 'Statements that a guard would break',
  logins: 'Logins',
  rotation: 'Credential rotation',
  models: 'Models',
  rights: 'Rights to read',
  objects: "Mortise's objects",
};

const severityWords: Readonly<Record<Finding['severity'], string>> = {
  blocking: 'stands in the way',
  attention: 'attention',
  unknown: 'unknown',
  note: 'note',
  good: 'good',
};

const verdictWords: Readonly<Record<AssessmentVerdict['state'], string>> = {
  ready: 'ready',
  blocked: 'blocked',
  unknown: 'unknown',
};

/** The assessment as one HTML page. It says itself when the server could not be read. */
export function assessmentHtml(assessment: Assessment): string {
  const { site, verdicts, findings } = assessment;
  const facts = factsTable([
    ['Site', site.name],
    ['SQL Server', site.endpoint],
    ['Database', site.database],
    ['Controller table', site.controllerTable],
    ['Read as', assessment.as],
    ['Read at', assessment.takenAt],
  ]);
  const rows = verdicts.map(
    ({ what, state, sentence }) =>
      `<tr><th scope="row">${escapeHtml(what)}</th><td>${verdictWords[state]}</td><td>${escapeHtml(sentence)}</td></tr>`,
  );
  const areas = assessmentAreas.flatMap((area) => {
    const here = findings.filter((finding) => finding.area === area);
    return here.length === 0 ? [] : [`<h2>${escapeHtml(areaTitles[area])}</h2>\n${here.map(findingHtml).join('\n')}`];
  });
  const title = `Assessment of ${site.name}`;
  return htmlPage(
    title,
    `<h1>${escapeHtml(title)}</h1>
<p>Read only: nothing was changed on the server.</p>
${facts}
<h2>What can be done here</h2>
<table><tr><th scope="col">What</th><th scope="col">Verdict</th><th scope="col">Why</th></tr>${rows.join('')}</table>
${areas.join('\n')}`,
  );
}

function findingHtml({ severity, title, detail, next, evidence }: Finding): string {
  const proof = evidence.length === 0 ? '' : `<pre>${evidence.map(escapeHtml).join('\n')}</pre>`;
  return `<section>
<h3><span class="severity">${severityWords[severity]}</span> ${escapeHtml(title)}</h3>
<p>${escapeHtml(detail)}</p>
${next === null ? '' : `<p>Next: ${escapeHtml(next)}</p>`}
${proof}
</section>`;
}

/** The assessment for programs. `format` rises when the shape changes. */
export function assessmentJson(assessment: Assessment): string {
  return `${JSON.stringify({ format: 1, ...assessment }, null, 2)}\n`;
}
