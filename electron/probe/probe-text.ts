import { assertNever } from '#shared/assert-never.ts';
import { portWords } from '#shared/port-words.ts';
import { ownAddresses } from './addresses.ts';
import { answerBlock } from './answer-block.ts';
import type { Probe } from './probe-host.ts';
import { byAddress, obstacleText } from './sighting.ts';
import type { Sighting } from './sighting.ts';

/** What was seen, for people; at its end, where there is a nonce, the answer to carry back. */
export function probeText(probe: Probe, own: readonly string[] = ownAddresses()): string {
  const lines: string[] = [];
  for (const [address, sightings] of byAddress(probe.sightings)) {
    lines.push(`From ${probe.from.name} to ${address}`);
    if (own.includes(address))
      lines.push('  This is the very machine that tries: a connection to oneself proves nothing.');
    for (const sighting of sightings) lines.push(`  ${portWords(sighting)}: ${sightingText(sighting)}`);
  }
  if (probe.sightings.every(({ saw }) => saw === 'filtered'))
    lines.push('Nothing at all came back. A machine that is switched off looks the same.');
  if (probe.nonce === null) return `${lines.join('\n')}\n`;
  lines.push('', 'The answer to carry back, from the first line to the last:');
  return `${lines.join('\n')}\n${answerBlock({ ...probe, nonce: probe.nonce })}`;
}

function sightingText(sighting: Sighting): string {
  switch (sighting.saw) {
    case 'answered':
      if (sighting.protocol === 'udp') return 'answered as the SQL Server Browser';
      return `answered as SQL Server${sighting.version === null ? '' : ` ${sighting.version}`}`;
    case 'open':
      return 'open; something is there, and it does not greet as SQL Server';
    case 'refused':
      return 'refused; the machine, or a firewall, turns away';
    case 'filtered':
      return 'silent; nothing came back';
    case 'untried':
      return `could not be tried: ${obstacleText[sighting.why]}`;
    default:
      return assertNever(sighting);
  }
}
