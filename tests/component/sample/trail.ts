import type { TrailEntry } from '#shared/snapshot.ts';
import { minutesAgo } from './moments.ts';

function entry(sequence: number, phase: TrailEntry['phase'], operation: string, text: string): TrailEntry {
  return {
    sequence,
    at: minutesAgo((41 - sequence) * 17 + 5),
    actor: 'SITE\\ines',
    operation,
    phase,
    text,
    hash: '5d41402abc4b2a76b9719d911017c592'.repeat(2),
  };
}

/** The newest entries of a trail of 41. */
export function sampleTrail(): { entries: number; head: string; recent: TrailEntry[] } {
  return {
    entries: 41,
    head: '5d41402abc4b2a76b9719d911017c592'.repeat(2),
    recent: [
      entry(41, 'noted', 'site.refresh', 'The site was read.'),
      entry(
        40,
        'ended',
        'commissioning.on',
        'Commissioning mode is on. Reason: two readers added on the second floor.',
      ),
      entry(39, 'begun', 'commissioning.on', 'Commissioning mode is to be switched on.'),
      entry(38, 'failed', 'rotation.rotate', 'The service AcsService did not start; the former password was put back.'),
    ],
  };
}
