import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One place where something was written, sent or listed. */
export interface Haystack {
  readonly where: string;
  readonly bytes: Uint8Array;
}

export const haystack = (where: string, content: unknown): Haystack => ({
  where,
  bytes: Buffer.from(typeof content === 'string' ? content : (JSON.stringify(content) ?? '')),
});

const xmlEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const xmlText = (text: string) => text.replaceAll(/[&<>"']/g, (character) => xmlEscapes[character] ?? character);
const htmlText = (text: string) => xmlText(text).replaceAll('&apos;', '&#39;');
const numeric = (text: string) => Array.from(text, (character) => `&#${character.codePointAt(0)};`).join('');

/** Base64 of bytes that stand anywhere in a longer text: it looks different at each of three places. */
function base64Anywhere(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    // The characters at both ends mix with what stands beside them.
    return whole.slice(Math.ceil((before * 8) / 6), -1);
  });
}

/** Every way in which a password could stand somewhere, by the name of the way. */
export function encodings(password: string): ReadonlyMap<string, Uint8Array> {
  const utf8 = Buffer.from(password);
  const utf16 = Buffer.from(password, 'utf16le');
  const texts: [string, string][] = [
    ['plain', password],
    ['JSON', JSON.stringify(password).slice(1, -1)],
    ['JSON in JSON', JSON.stringify(JSON.stringify(password).slice(1, -1)).slice(1, -1)],
    ['XML', xmlText(password)],
    ['HTML', htmlText(password)],
    ['XML, numbers', numeric(password)],
    ['URL', encodeURIComponent(password)],
    ['form', new URLSearchParams({ x: password }).toString().slice(2)],
    ['T-SQL literal', password.replaceAll("'", "''")],
    ['hex', utf8.toString('hex')],
    ['hex of UTF-16', utf16.toString('hex')],
    ...base64Anywhere(utf8).map((text, at): [string, string] => [`base64 at ${at}`, text]),
    ...base64Anywhere(utf16).map((text, at): [string, string] => [`base64 of UTF-16 at ${at}`, text]),
  ];
  return new Map<string, Uint8Array>([
    ...texts.map(([way, text]): [string, Uint8Array] => [way, Buffer.from(text)]),
    ['UTF-16LE', utf16],
    ['UTF-16BE', Buffer.from(utf16).swap16()],
  ]);
}

const lower = (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString('latin1').toLowerCase(), 'latin1');

/** Where any of the passwords stands, as "place: way of password number n"; without regard to the case of letters. */
export function findCanaries(passwords: readonly string[], places: readonly Haystack[]): string[] {
  const needles = passwords.flatMap((password, number) =>
    [...encodings(password)].map(([way, bytes]) => ({ way: `${way} of password ${number + 1}`, bytes: lower(bytes) })),
  );
  return places.flatMap(({ where, bytes }) => {
    const searched = lower(bytes);
    return needles.filter((needle) => searched.includes(needle.bytes)).map(({ way }) => `${where}: ${way}`);
  });
}

/** Every file below a folder. */
export function filesBelow(folder: string): Haystack[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ where: path.slice(folder.length + 1), bytes: readFileSync(path) }));
}

/** Argument list and environment of every process of this machine, as often as one is looked at before it can change them. */
export class ProcessWatch {
  readonly #found = new Map<string, Haystack>();
  readonly #looks = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(everyMilliseconds = 20) {
    this.#timer = setInterval(() => this.look(), everyMilliseconds).unref();
    this.look();
  }

  look(): void {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const looks = this.#looks.get(pid) ?? 0;
      // A new process is a copy of its parent until it executes its own program.
      if (looks > 10) continue;
      this.#looks.set(pid, looks + 1);
      for (const part of ['cmdline', 'environ']) {
        try {
          const bytes = readFileSync(`/proc/${pid}/${part}`);
          const where = `${part} of process ${pid}`;
          this.#found.set(`${where} ${bytes.toString('latin1')}`, { where, bytes });
        } catch {
          // It ended meanwhile, or belongs to somebody else.
        }
      }
    }
  }

  end(): readonly Haystack[] {
    clearInterval(this.#timer);
    this.look();
    return [...this.#found.values()];
  }
}
