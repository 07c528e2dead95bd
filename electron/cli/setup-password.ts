import { StringDecoder } from 'node:string_decoder';

/** The terminal as it is needed here: raw mode keeps what is typed off the screen. */
export interface PasswordInput extends AsyncIterable<Buffer | string> {
  readonly isTTY?: boolean;
  setRawMode?(on: boolean): unknown;
  /** As Node's streams have it: reading on after the first line was taken. */
  iterator?(options: { readonly destroyOnReturn: boolean }): AsyncIterable<Buffer | string>;
}

const interrupt = '\u0003';
const endOfInput = '\u0004';
const erase = new Set(['\u0008', '\u007f']);

/** Where scripts may leave the setup principal's password: the environment is seen by this account and root alone. */
const variable = 'MORTISE_SETUP_PASSWORD';

/**
 * Who is asked for the setup principal's password: the environment where it has one, else the person. It is taken out of the
 * environment at once, so that no program that Mortise starts is given it.
 */
export function setupPasswordSource(
  environment: Record<string, string | undefined> = process.env,
  ask: (question: string) => Promise<string | undefined> = askPassword,
): (question: string) => Promise<string | undefined> {
  const given = environment[variable];
  delete environment[variable];
  return async (question) => (given === undefined || given === '' ? await ask(question) : given);
}

/**
 * A password as a person types it, without showing it, or the first line of what is piped in. Never an argument: those are
 * seen by every program of the machine. Undefined where nothing was given, and for Ctrl-C.
 */
export async function askPassword(
  question: string,
  input: PasswordInput = process.stdin,
  output: Pick<NodeJS.WritableStream, 'write'> = process.stderr,
): Promise<string | undefined> {
  return await passwordAsker(input, output)(question);
}

/** Asks for one password after the other: what is piped in is one a line. */
export function passwordAsker(
  input: PasswordInput = process.stdin,
  output: Pick<NodeJS.WritableStream, 'write'> = process.stderr,
): (question: string) => Promise<string | undefined> {
  const typed = input.isTTY === true;
  const decoder = new StringDecoder('utf8');
  /** What came with the line before. */
  let ahead: string[] = [];
  /** Characters in order; the input stays open behind them, because somebody may be asked once more. */
  async function* characters(): AsyncGenerator<string> {
    for (;;) {
      const next = ahead.shift();
      if (next === undefined) break;
      yield next;
    }
    for await (const chunk of input.iterator?.({ destroyOnReturn: false }) ?? input) {
      ahead = Array.from(typeof chunk === 'string' ? chunk : decoder.write(chunk));
      for (;;) {
        const next = ahead.shift();
        if (next === undefined) break;
        yield next;
      }
    }
  }
  return async (question) => {
    if (typed) {
      output.write(question);
      input.setRawMode?.(true);
    }
    let password = '';
    try {
      for await (const character of characters()) {
        if (character === '\r' && !typed) continue;
        if (character === '\r' || character === '\n') return password === '' ? undefined : password;
        if (typed && character === interrupt) return undefined;
        if (typed && character === endOfInput) return password === '' ? undefined : password;
        if (typed && erase.has(character)) password = Array.from(password).slice(0, -1).join('');
        else password += character;
      }
      return password === '' ? undefined : password;
    } finally {
      if (typed) {
        input.setRawMode?.(false);
        output.write('\n');
      }
    }
  };
}
