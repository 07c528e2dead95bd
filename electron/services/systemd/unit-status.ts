import type { ServiceState } from '../services.ts';

/** What systemd says of a unit, in its properties for programs (org.freedesktop.systemd1(5)). */
export interface UnitStatus {
  /** Its own name; the one that was asked for may be an alias. */
  readonly id: string;
  /** False where systemd knows no such unit. */
  readonly exists: boolean;
  /** Why it cannot be started at all; null where it can. */
  readonly switchedOff: string | null;
  readonly state: ServiceState;
  readonly processId: number | null;
  readonly canStop: boolean;
  readonly canStart: boolean;
  /** How often systemd started it again by itself. */
  readonly restarts: number;
  /** Another one each time that systemd begins to start it. */
  readonly invocation: string;
  /** Why it ended, in words that end a sentence. */
  readonly ended: string;
  /** Services that stop when it stops. */
  readonly neededBy: readonly string[];
}

export const unitProperties = [
  'Id',
  'LoadState',
  'ActiveState',
  'SubState',
  'MainPID',
  'CanStart',
  'CanStop',
  'NRestarts',
  'Result',
  'ExecMainStatus',
  'InvocationID',
  'RequiredBy',
  'BoundBy',
  'ConsistsOf',
] as const;

const states: Readonly<Record<string, ServiceState>> = {
  active: 'running',
  reloading: 'running',
  refreshing: 'running',
  activating: 'starting',
  deactivating: 'stopping',
  inactive: 'stopped',
  failed: 'stopped',
  maintenance: 'stopped',
};

/** systemd.exec(5), "Process Exit Codes": what systemd itself could not do before the program began. */
const exitCauses: Readonly<Record<string, string>> = {
  '200': 'its folder cannot be entered',
  '203': 'its program cannot be run',
  '216': 'its group does not exist',
  '217': 'its account does not exist',
};

/** Property `Result` (systemd.exec(5), SERVICE_RESULT). */
const results: Readonly<Record<string, string>> = {
  success: 'it ended by itself',
  protocol: 'it did not keep to the protocol of its kind',
  timeout: 'it was not ready within its own time limit',
  signal: 'a signal ended its process',
  'core-dump': 'its process crashed',
  watchdog: 'it no longer answered its watchdog',
  'start-limit-hit': 'systemd gave up, because it ended too often',
  resources: 'systemd had no resources for it',
  'oom-kill': 'the machine had no memory left for it',
  'exec-condition': 'its own condition for starting is not met',
};

const switchedOff: Readonly<Record<string, string>> = {
  masked: 'it is disabled',
  'bad-setting': 'systemd refuses its settings',
  error: 'systemd cannot read its settings',
};

function endedBecause(result: string, exitCode: string): string {
  if (result !== 'exit-code') return results[result] ?? `systemd says ${result}`;
  return exitCauses[exitCode] ?? `its process ended with code ${exitCode}`;
}

/** Undefined where the text is not what `systemctl show` answers. */
export function parseUnitStatus(output: string): UnitStatus | undefined {
  const properties = new Map(
    output.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at === -1 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
    }),
  );
  const text = (name: (typeof unitProperties)[number]) => properties.get(name) ?? '';
  const state = states[text('ActiveState')];
  if (state === undefined || text('LoadState') === '' || text('Id') === '') return undefined;
  const processId = Number.parseInt(text('MainPID'), 10);
  const needed = ['RequiredBy', 'BoundBy', 'ConsistsOf'] as const;
  return {
    id: text('Id'),
    exists: text('LoadState') !== 'not-found',
    switchedOff: switchedOff[text('LoadState')] ?? null,
    state,
    processId: processId > 0 && state !== 'stopped' ? processId : null,
    canStop: text('CanStop') !== 'no',
    canStart: text('CanStart') !== 'no',
    restarts: Number.parseInt(text('NRestarts'), 10) || 0,
    invocation: text('InvocationID'),
    ended: endedBecause(text('Result'), text('ExecMainStatus')),
    neededBy: [...new Set(needed.flatMap((name) => text(name).split(' ')))].filter((name) => name.endsWith('.service')),
  };
}

/** The unit that a service's name means; undefined for a name that systemctl would take for a pattern or an option. */
export function unitName(service: string): string | undefined {
  if (!/^[A-Za-z0-9:_.\\@][A-Za-z0-9:_.\\@-]{0,254}$/.test(service)) return undefined;
  return service.endsWith('.service') ? service : `${service}.service`;
}
