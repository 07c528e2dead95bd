import type { Client } from '#shared/client.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Output } from '../print.ts';
import type { PlannedCall } from './change.ts';

/** What every command at a site is carried out with. */
export interface CommandSurroundings {
  readonly client: Client;
  readonly output: Output;
  readonly json: boolean;
  readonly change: (call: PlannedCall) => Promise<ExitCode>;
}

/** What a command takes besides that asks for passwords or passphrases. */
export interface AskingSurroundings extends CommandSurroundings {
  /** What a person types or pipes in; undefined where nothing was given. */
  readonly askSecret: (question: string) => Promise<string | undefined>;
  /** Whether a person types, who cannot see what. */
  readonly typed: boolean;
}
