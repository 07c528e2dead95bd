import type { ScalarFunction } from '../registry.ts';
import {
  roundToDatetime,
  ticksFromCivil,
  ticksPerDay,
  timeOfDay,
  civilFromTicks,
  daysInMonth,
} from '../values/dates.ts';
import { datetime, datetime2, int, type DataType } from '../values/types.ts';
import { sqlError } from '../sql-error.ts';

/**
 * Date and time functions that are plain functions; DATEADD and its kin are bound by themselves. The simulated server's
 * own time zone is UTC, so local and UTC functions answer alike.
 */
function clock(name: string, type: DataType): ScalarFunction {
  return {
    name,
    minimumArguments: 0,
    maximumArguments: 0,
    parameters: [],
    type,
    evaluate: (_args, surroundings) =>
      type.name === 'datetime' ? roundToDatetime(surroundings.now()) : surroundings.now(),
  };
}

function partOf(name: string, read: (year: number, month: number, day: number) => number): ScalarFunction {
  return {
    name,
    minimumArguments: 1,
    maximumArguments: 1,
    parameters: [datetime2(7)],
    type: int,
    nullIn: true,
    evaluate: ([value]) => {
      const { year, month, day } = civilFromTicks(value as bigint);
      return read(year, month, day);
    },
  };
}

export const momentFunctions: readonly ScalarFunction[] = [
  clock('SYSUTCDATETIME', datetime2(7)),
  clock('SYSDATETIME', datetime2(7)),
  clock('GETUTCDATE', datetime),
  clock('GETDATE', datetime),
  clock('CURRENT_TIMESTAMP', datetime),
  partOf('YEAR', (year) => year),
  partOf('MONTH', (_year, month) => month),
  partOf('DAY', (_year, _month, day) => day),
  {
    name: 'DATEFROMPARTS',
    minimumArguments: 3,
    maximumArguments: 3,
    parameters: [int],
    type: { name: 'date' },
    nullIn: true,
    evaluate: ([year, month, day]) => {
      const ticks = ticksFromCivil(Number(year), Number(month), Number(day));
      if (ticks === undefined) throw sqlError(289, 'date');
      return ticks;
    },
  },
  {
    name: 'EOMONTH',
    minimumArguments: 1,
    maximumArguments: 1,
    parameters: [datetime2(7)],
    type: { name: 'date' },
    nullIn: true,
    evaluate: ([value]) => {
      const ticks = value as bigint;
      const { year, month, day } = civilFromTicks(ticks);
      return ticks - timeOfDay(ticks) + BigInt(daysInMonth(year, month) - day) * ticksPerDay;
    },
  },
];
