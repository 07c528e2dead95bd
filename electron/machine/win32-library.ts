import type * as Koffi from 'koffi';
import { createRequire } from 'node:module';

/** A number that Windows calls a handle; 0 is none. */
export type Handle = number | bigint;

/** A function of Windows that answers a number: its arguments are numbers, buffers it reads or fills, texts, or nothing. */
export type Win32Function = (...args: readonly (Handle | Uint8Array | string | null)[]) => number;
export type Win32Opening = (...args: readonly (Handle | Uint8Array | string | null)[]) => Handle;

/** The functions of one of Windows' own libraries. */
export interface Win32Library {
  /** One that answers a number. Declared in C, texts as `str16`, memory as `void *`, handles as `uintptr_t`. */
  readonly number: (declaration: string) => Win32Function;
  /** One that answers a handle. */
  readonly opening: (declaration: string) => Win32Opening;
}

const fromHere = createRequire(import.meta.url);
let loaded: typeof Koffi | undefined;

/** Loaded when it is first needed: it takes time, and it is there on Windows only. */
function koffi(): typeof Koffi {
  loaded ??= fromHere('koffi') as typeof Koffi;
  return loaded;
}

/** A library that Windows itself always takes from its own folder (its list of known ones). */
export function win32Library(name: 'advapi32' | 'kernel32'): Win32Library {
  const library = koffi().load(`${name}.dll`);
  return {
    number: (declaration) => library.func(declaration) as Win32Function,
    opening: (declaration) => library.func(declaration) as Win32Opening,
  };
}

/** Where a buffer lies: Windows writes pointers into the buffers that it fills with names. */
export function addressOf(buffer: Uint8Array): bigint {
  return koffi().address(buffer);
}
