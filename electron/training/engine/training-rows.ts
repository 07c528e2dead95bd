import type { Row } from './model.ts';
import { ticksPerHour, ticksPerMillisecond, ticksPerSecond } from './values/dates.ts';

/** What stands in the training site's tables at first: the same every time, but for the times. */

const places = [
  'Main entrance',
  'Loading bay',
  'Reception',
  'North stairwell',
  'South stairwell',
  'Server room',
  'Archive',
  'Laboratory 1',
  'Laboratory 2',
  'Workshop',
  'Canteen',
  'Garage',
];
const buildings = ['Building A', 'Building B', 'Gatehouse'];

/** The one controller that the next version of the access-control software drops. */
const legacyPosition = 17;
/** Ids of the controllers that have not reported for hours; the access-control service never hears of them. */
export const asleepPositions: readonly number[] = [8, 20];

export function controllerRows(count: number, now: bigint): readonly Row[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const legacy = number === Math.min(legacyPosition, count);
    const model = legacy ? 'ACU-1 (legacy)' : ['ACU-2', 'ACU-4', 'ACU-8'][index % 3];
    const place = places[index % places.length];
    const building = buildings[Math.floor(index / places.length) % buildings.length];
    const further = index < places.length * buildings.length ? '' : ` ${Math.floor(index / 36) + 1}`;
    return [
      number,
      `AX${String(240_000 + number * 37).padStart(7, '0')}`,
      `${building}, ${place}${further}`,
      `10.20.${Math.floor(index / 200) + 1}.${(index % 200) + 10}`,
      model ?? 'ACU-2',
      legacy ? '3.9.2' : '5.4.1',
      lastSeen(number, now),
    ];
  });
}

/** Within the last minutes, but for the sleepers: hours ago. Whole milliseconds, as datetime2(3) keeps them. */
function lastSeen(number: number, now: bigint): bigint {
  const ago = asleepPositions.includes(number)
    ? BigInt(5 + number) * ticksPerHour
    : BigInt((number * 13) % 110) * ticksPerSecond;
  const ticks = now - ago;
  return ticks - (ticks % ticksPerMillisecond);
}

/** Two doors a controller, at most 2,000 in all. */
export function doorRows(count: number): readonly Row[] {
  return Array.from({ length: Math.min(count, 1000) * 2 }, (_, index) => {
    const controller = Math.floor(index / 2) + 1;
    return [
      index + 1,
      controller,
      `${places[(controller - 1) % places.length]} ${index % 2 === 0 ? 'outer' : 'inner'} door`,
    ];
  });
}

export function eventRows(count: number, now: bigint): readonly Row[] {
  const kinds = ['Access granted', 'Access granted', 'Door opened', 'Access refused', 'Door held open'];
  return Array.from({ length: 40 }, (_, index) => {
    const ticks = now - BigInt(40 - index) * 97n * ticksPerSecond;
    const door = ((index * 7) % (Math.min(count, 1000) * 2)) + 1;
    return [BigInt(index + 1), ticks - (ticks % ticksPerMillisecond), door, kinds[index % kinds.length] ?? '', null];
  });
}
