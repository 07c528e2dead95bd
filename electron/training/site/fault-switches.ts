import { changePattern, faultIds, faults } from '../faults.ts';
import type { FaultId, FaultSetting, FaultState } from '../faults.ts';
import { serviceName, workstationProgram } from '../practice-logins.ts';

/** Which faults are on, and whether one strikes here and now. */
export interface FaultSwitches {
  list(): readonly FaultState[];
  /** Throws a SyntaxError for a pattern that is no regular expression. */
  set(setting: FaultSetting): void;
  allOff(): void;
  isOn(id: FaultId): boolean;
  /**
   * Whether the fault strikes this client, in this statement where one is given. A fault that strikes once is off
   * afterwards.
   */
  strikes(id: FaultId, client: FaultClient, statement?: string): boolean;
}

export interface FaultClient {
  readonly login: string;
  readonly program: string;
}

interface Switch {
  readonly pattern: RegExp;
  readonly login: string | undefined;
}

/**
 * Programs that belong to the site: a fault that is meant for Mortise must not be used up by them. Told by the program,
 * not by the login: Mortise changes the service's password as that login.
 */
const ownPrograms: readonly string[] = [serviceName, workstationProgram];

/** All off at first. */
export function createFaultSwitches(): FaultSwitches {
  const on = new Map<FaultId, Switch>();
  return {
    list: () => faultIds.map((id) => ({ id, title: faults[id].title, duration: faults[id].duration, on: on.has(id) })),
    set: ({ id, on: wanted, pattern, login }) => {
      if (wanted) on.set(id, { pattern: new RegExp(pattern ?? defaultPattern(id), 'iu'), login });
      else on.delete(id);
    },
    allOff: () => on.clear(),
    isOn: (id) => on.has(id),
    strikes: (id, client, statement) => {
      const setting = on.get(id);
      if (setting === undefined || !concerns(setting, client)) return false;
      if (statement !== undefined && !setting.pattern.test(statement)) return false;
      if (faults[id].duration === 'once') on.delete(id);
      return true;
    },
  };
}

/** Slowness is of all statements, every other statement fault of changes only. */
function defaultPattern(id: FaultId): string {
  return id === 'slow' ? '' : changePattern;
}

function concerns(setting: Switch, client: FaultClient): boolean {
  if (setting.login !== undefined) return setting.login.toLowerCase() === client.login.toLowerCase();
  return !ownPrograms.includes(client.program);
}
