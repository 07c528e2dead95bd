import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { allowedAddressSchema, listenerSchema } from '#shared/secure-mode.ts';
import { mortiseRun } from '../practice-logins.ts';
import { replaceFile } from './durable-file.ts';

const passwordRecordSchema = z.strictObject({
  version: z.literal(1),
  current: z.string().nullable(),
  pending: z.string().nullable(),
  previous: z.string().nullable(),
});

const machineSchema = z.strictObject({
  version: z.literal(1),
  /** The port that the server had last; it keeps it as long as it is free. Null before the first start. */
  port: z.int().nullable(),
  /** How many controllers a reset makes. */
  controllers: z.int().positive(),
  /** What the firewall cuts off from other machines. */
  blocked: z.array(listenerSchema),
  /** Who is let through all the same; a state of before it was known lets nobody through. */
  allowed: z.array(allowedAddressSchema).default([]),
  /** The training keychain: practice secrets by login, in the clear, and the screen says so. */
  keychain: z.record(z.string(), passwordRecordSchema),
  /** Whether the access-control service was running, or was to be, when this was written. */
  serviceRuns: z.boolean(),
});

/** What the simulated machine keeps besides SQL Server's disk. */
export type Machine = z.infer<typeof machineSchema>;

/** Only Mortise's own password is on record at first: the service's is adopted from the file that holds it. */
export function firstMachine(controllers: number): Machine {
  return {
    version: 1,
    port: null,
    controllers,
    blocked: [],
    allowed: [],
    keychain: { [mortiseRun.login]: { version: 1, current: mortiseRun.password, pending: null, previous: null } },
    serviceRuns: true,
  };
}

export interface MachineState {
  /** As it was last written. */
  now(): Machine;
  /** Back when the change is on the disk; changes are made one after the other. */
  change(alter: (machine: Machine) => Partial<Machine>): Promise<void>;
}

/** Reads the machine's state, or writes the first one. A file that is not of this version is a defect of the folder. */
export async function openMachineState(path: string, first: Machine): Promise<MachineState> {
  let machine = await readMachine(path);
  let last: Promise<void> = Promise.resolve();
  const state: MachineState = {
    now: () => {
      if (machine === undefined) throw new Error('The state is read before it was written.');
      return machine;
    },
    change: (alter) => {
      const write = async () => {
        const next = { ...first, ...machine, ...alter(machine ?? first) };
        await replaceFile(path, `${JSON.stringify(next, null, 2)}\n`);
        machine = next;
      };
      // The next change waits for this one, whatever became of it.
      const written = last.then(write);
      last = written.catch(() => undefined);
      return written;
    },
  };
  if (machine === undefined) await state.change(() => ({}));
  return state;
}

async function readMachine(path: string): Promise<Machine | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw problem;
  }
  return machineSchema.parse(JSON.parse(text));
}
