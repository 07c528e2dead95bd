import type { Assessment, Finding } from '#shared/assessment.ts';
import type { Client } from '#shared/client.ts';
import { assessmentHtml, assessmentJson } from '#electron/documents/assessment-html.ts';
import { writeDocument } from '#electron/server/document-file.ts';
import { wasReached } from '#electron/site/assessment/endpoint.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printFailure } from '../print.ts';
import type { Output } from '../print.ts';

/** What stands in the way first, what is good last. */
const order: readonly Finding['severity'][] = ['blocking', 'unknown', 'attention', 'note', 'good'];
const words: Readonly<Record<Finding['severity'], string>> = {
  blocking: 'IN THE WAY',
  unknown: 'unknown',
  attention: 'attention',
  note: 'note',
  good: 'good',
};

export function assessmentText({ site, as, takenAt, verdicts, findings }: Assessment): string {
  const lines = [
    `${site.name}: ${site.endpoint}, database ${site.database}, controllers in ${site.controllerTable}`,
    `Read as ${as} at ${takenAt}. Nothing was changed.`,
    '',
    ...verdicts.map(({ what, state, sentence }) => `  ${what}: ${state}. ${sentence}`),
    '',
  ];
  for (const severity of order)
    for (const { title, detail, next, evidence } of findings.filter((finding) => finding.severity === severity)) {
      lines.push(`[${words[severity]}] ${title}`);
      if (severity === 'good') continue;
      lines.push(`    ${detail}`);
      lines.push(...evidence.map((line) => `      ${line}`));
      if (next !== null) lines.push(`    Next: ${next}`);
    }
  // A terminal obeys control characters, and names come from the site.
  return `${lines.join('\n').replaceAll(/[^\P{Cc}\n]/gu, '\u{FFFD}')}\n`;
}

function exitCodeFor(assessment: Assessment): ExitCode {
  if (!wasReached(assessment)) return exitCodes.unreachable;
  return assessment.verdicts.every(({ state }) => state === 'ready') ? exitCodes.done : exitCodes.notAsItShould;
}

/** `assess`: reads and reports. A server that cannot be reached is a report too, with an exit code of its own. */
export async function assessCommand(
  client: Client,
  options: {
    readonly json: boolean;
    readonly html: string | undefined;
    readonly setup: { readonly login: string; readonly password: string } | null;
  },
  output: Output,
): Promise<ExitCode> {
  const { json, html, setup } = options;
  const answer = await client.assessment.run({ setup });
  if (!answer.ok) {
    printFailure(answer.error, { json }, output);
    return exitCodeOf(answer.error.code);
  }
  output.out(json ? assessmentJson(answer.value) : assessmentText(answer.value));
  if (html !== undefined) {
    const written = await writeDocument(html, assessmentHtml(answer.value));
    if (!written.ok) {
      output.err(`${written.error.sentence}\n${written.error.next}\n`);
      return exitCodes.failed;
    }
    output.err(`Saved to ${written.value}.\n`);
  }
  return exitCodeFor(answer.value);
}
