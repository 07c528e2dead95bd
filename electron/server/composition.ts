import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { FilePort } from '#electron/log/file-port.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Consent, DocumentSaver, FileChooser } from '#electron/machine/consent.ts';
import type { PersonToAsk } from '#electron/machine/person-to-ask.ts';
import type { Handlers, PushListener } from './handlers.ts';

/** How a program of the training site is started. The window, the preview and the command line differ in it. */
export interface ProgramLauncher {
  readonly command: string;
  /** Arguments that stand before the program's own. */
  readonly args: string[];
  /** Set on top of this process's environment. */
  readonly env: Record<string, string>;
}

/** What the outside world lends to the composition root: dialogs, places, ways to start a process. */
export interface ComposeOptions {
  readonly consent: Consent;
  readonly saver: DocumentSaver;
  /** Left out where nobody can be asked for a file. */
  readonly chooser?: FileChooser;
  /** Left out where nobody sits whom a password may be shown to. */
  readonly person?: PersonToAsk;
  /** Folders to look for copies of passwords in, besides those of the known ones. */
  readonly searchPlaces?: readonly string[];
  /** Opens another site in place of this one (null: the training site); left out where the door has no way to. */
  readonly openSite?: (id: string | null) => Promise<Result<undefined>>;
  /** Where journals, trail and the training site live; the account's own state folder when left out. */
  readonly stateFolder?: string;
  /** The profile of a real site; the training site when left out. */
  readonly profilePath?: string;
  /** A site of the library, before a profile; the training site when both are left out. */
  readonly siteId?: string;
  /** The clock and files of this machine when left out; tests set their own. */
  readonly clock?: Clock;
  readonly files?: FilePort;
  /** Makes the passwords of rotations; the product's own generator when left out. */
  readonly generatePassword?: () => Secret;
  /** Opens the training site even where a real profile is stored. */
  readonly trainingOnly?: boolean;
  readonly training?: {
    readonly port?: number;
    readonly controllers?: number;
    /** How long the site's process goes on after the last Mortise has gone, in milliseconds. */
    readonly graceMilliseconds?: number;
    /** Left out, both run beside this file with the runtime that runs now. */
    readonly launchers?: { readonly site: ProgramLauncher; readonly service: ProgramLauncher };
  };
  /** Tells the person at the machine what cannot wait until somebody looks; left out where nobody is there to be told. */
  readonly notify?: (notice: { readonly title: string; readonly sentence: string }) => void;
  /** One line for whoever looks after this program; never a secret. */
  readonly log?: (line: string) => void;
}

/** The parts, handed to each other: everything that a door (window, preview, command line) needs. */
export interface Composition {
  readonly handlers: Handlers;
  /** Calls back with each push until the returned function is called. */
  readonly subscribe: (push: PushListener) => () => void;
  /** True while an operation runs that should come to its next safe point before the process ends. */
  readonly isBusy: () => boolean;
  readonly close: () => Promise<void>;
}
