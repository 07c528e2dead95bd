import type { Client } from '#shared/client.ts';
import type { FoundCopies } from '#shared/consumer-profile.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printFailure } from '../print.ts';
import type { Output } from '../print.ts';

/** `consumers find`: what looks like a copy of a password. 0 where nothing new was found, 6 where something was. */
export async function findCommand(client: Client, json: boolean, output: Output): Promise<ExitCode> {
  const answer = await client.rotation.findCopies({});
  if (!answer.ok) {
    printFailure(answer.error, { json }, output);
    return exitCodeOf(answer.error.code);
  }
  output.out(json ? `${JSON.stringify(answer.value, null, 2)}\n` : foundText(answer.value));
  return answer.value.proposals.length === 0 ? exitCodes.done : exitCodes.notAsItShould;
}

/** A line each, and what to write into the profile. */
export function foundText({ places, proposals, left }: FoundCopies): string {
  const lines = [
    places.length === 0
      ? 'There is nowhere to look: name a folder.'
      : `Looked in ${places.join(', ')}: ${proposals.length === 0 ? 'no copy that the profile does not describe.' : ''}`.trimEnd(),
    ...proposals.flatMap(({ place, line, kind, login, why, entry }) => [
      `${place}:${line} (${kind}${login === null ? '' : `, ${login}`}): ${why}`,
      ...(entry === null ? [] : [`  for the profile: ${JSON.stringify(entry)}`]),
    ]),
    ...left.map(({ place, why }) => `Not looked at: ${place} (${why})`),
  ];
  return `${lines.join('\n')}\n`;
}
