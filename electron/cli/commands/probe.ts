import { wasReached } from '#shared/was-reached.ts';
import { probeHost } from '#electron/probe/probe-host.ts';
import { answerBlock } from '#electron/probe/answer-block.ts';
import { probeText } from '#electron/probe/probe-text.ts';
import { portText, worstOf } from '#electron/probe/sighting.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printFailure } from '../print.ts';
import type { Output } from '../print.ts';
import type { ProbeCommand } from '../probe-arguments.ts';

/**
 * `probe`: tries another machine's ports from this one. Opens no site and needs none. 0 where every port was tried and
 * nobody was there, 6 where somebody was, 1 where a port could be tried at no address.
 */
export async function probeCommand(
  { hosts, ports, nonce }: ProbeCommand,
  json: boolean,
  output: Output,
): Promise<ExitCode> {
  const probed = await probeHost({ hosts, ports, nonce });
  if (!probed.ok) {
    printFailure(probed.error, { json }, output);
    return exitCodeOf(probed.error.code);
  }
  const probe = probed.value;
  const seen = worstOf(probe.sightings);
  const tried = new Set(seen.map(portText));
  const untried = ports.map(portText).filter((port) => !tried.has(port));
  if (json) {
    const answer = probe.nonce === null ? null : answerBlock({ ...probe, nonce: probe.nonce });
    output.out(`${JSON.stringify({ ...probe, seen, untried, answer }, null, 2)}\n`);
  } else output.out(probeText(probe));
  if (seen.some(wasReached)) return exitCodes.notAsItShould;
  return untried.length === 0 ? exitCodes.done : exitCodes.failed;
}
