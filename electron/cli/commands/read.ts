import type { Client } from '#shared/client.ts';
import type { Snapshot } from '#shared/snapshot.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printFailure } from '../print.ts';
import type { Output } from '../print.ts';
import { commissioningText, secureModeText, statusText } from '../status-text.ts';

export type Part = 'all' | 'commissioning' | 'secure-mode';

/** Whether nothing was left in the middle: no service is down, no lockdown and no rotation waits to be finished. */
function nothingLeftOpen({ services, lockdown, notices }: Snapshot): boolean {
  return (
    services.every(({ state }) => state.state === 'known' && state.value !== 'stopped') &&
    lockdown.state !== 'interrupted' &&
    lockdown.state !== 'failed' &&
    notices.every(({ severity }) => severity === 'information')
  );
}

/** Whether what was read is what a locked or open site should be: known, and without drift. */
function asItShould(snapshot: Snapshot, part: Part): boolean {
  const { commissioning, secureMode } = snapshot;
  const drifted =
    commissioning.state === 'unknown' ||
    commissioning.value.state === 'half-prepared' ||
    commissioning.value.state === 'upgrading' ||
    (commissioning.value.state !== 'not-prepared' && commissioning.value.drift.length > 0);
  // Whoever meant it to be on wants to hear that it is not; where nobody did, "not in force" is no finding.
  const unsure =
    secureMode.verdict === 'in-force-but' ||
    secureMode.drift.length > 0 ||
    secureMode.meant.state === 'unknown' ||
    (secureMode.verdict === 'not-in-force' && secureMode.meant.state === 'known' && secureMode.meant.value !== null) ||
    secureMode.reasons.some(({ effect }) => effect === 'doubts');
  if (part === 'all' && !nothingLeftOpen(snapshot)) return false;
  return !(part !== 'secure-mode' && drifted) && !(part !== 'commissioning' && unsure);
}

/** `status`, `commissioning status`, `secure-mode status`. Unknown and drift have an exit code of their own. */
export async function readStatus(client: Client, part: Part, json: boolean, output: Output): Promise<ExitCode> {
  // Whoever asks for this alone waits for the firewall's own word.
  const answer = await (part === 'secure-mode' ? client.secureMode.read({}) : client.site.snapshot({}));
  if (!answer.ok) {
    printFailure(answer.error, { json }, output);
    return exitCodeOf(answer.error.code);
  }
  const snapshot = answer.value;
  if (json) {
    const shown = part === 'all' ? snapshot : part === 'commissioning' ? snapshot.commissioning : snapshot.secureMode;
    output.out(`${JSON.stringify(shown, null, 2)}\n`);
  } else {
    output.out(
      part === 'all'
        ? statusText(snapshot)
        : `${part === 'commissioning' ? commissioningText(snapshot) : secureModeText(snapshot)}\n`,
    );
  }
  return asItShould(snapshot, part) ? exitCodes.done : exitCodes.notAsItShould;
}

/** `trail verify`: needs no secret and changes nothing. */
export async function verifyTrailCommand(client: Client, json: boolean, output: Output): Promise<ExitCode> {
  const proof = await client.trail.verify({});
  if (!proof.ok) {
    printFailure(proof.error, { json }, output);
    return exitCodeOf(proof.error.code);
  }
  output.out(json ? `${JSON.stringify(proof.value, null, 2)}\n` : `${proof.value.sentence}\n`);
  return proof.value.holds ? exitCodes.done : exitCodes.notAsItShould;
}
