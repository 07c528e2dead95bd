import { z } from 'zod';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { failure } from '#shared/errors.ts';
import { canonicalAddress } from '#electron/machine/canonical-address.ts';
import { isNonce } from './nonce.ts';
import type { Probe } from './probe-host.ts';
import { byAddress, obstacles } from './sighting.ts';
import type { Sighting } from './sighting.ts';

/*
 * The answer as it is carried from one machine to the other: one line of JSON between two lines of letters. No blank and no
 * character that mail programs put in is part of it, so that all of those can be taken out again. The sum at its end tells
 * of what was cut or altered by mishap. It is no signature: whoever wants to write an answer by hand can.
 */

export const firstLine = 'MORTISE-PROBE-BEGIN';
export const lastLine = 'MORTISE-PROBE-END';
export const answerFormat = 1;

/** A machine's name in letters that survive; the rest become `_`. */
export const plainName = (name: string): string => name.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 64) || '_';

/** The text to carry back; `probe` must have a nonce. */
export function answerBlock(probe: Probe & { readonly nonce: string }): string {
  const body = JSON.stringify({
    mortise: 'probe',
    format: answerFormat,
    nonce: probe.nonce,
    from: { name: plainName(probe.from.name), addresses: probe.from.addresses.slice(0, mostAddresses) },
    at: probe.at,
    saw: Object.fromEntries(
      [...byAddress(probe.sightings)].map(([address, all]) => [
        canonicalAddress(address) ?? address,
        all.map(wordOf).join(','),
      ]),
    ),
  });
  return `${firstLine}\n${body.slice(0, -1)},"sum":${sumOf(body.slice(0, -1))}}\n${lastLine}\n`;
}

/** `1433/tcp=answered:16.0.4165`, `1434/udp=untried:no-route`. */
function wordOf(sighting: Sighting): string {
  const more = sighting.saw === 'untried' ? sighting.why : sighting.version;
  return `${sighting.port}/${sighting.protocol}=${sighting.saw}${more === null ? '' : `:${more}`}`;
}

/** A rolling sum modulo the prime 2^31 - 1; stays exact in a double, and in 64 bits elsewhere. `text` is ASCII. */
export function sumOf(text: string): number {
  let sum = 7;
  for (let at = 0; at < text.length; at += 1) sum = (sum * 257 + text.charCodeAt(at)) % 2_147_483_647;
  return sum;
}

/** An answer of every port from every address is far below, in bytes. */
export const largestAnswer = 1024 * 1024;

const mostAddresses = 64;
const mostSightings = 20_000;

const address = z.string().transform((text, context) => {
  const canonical = canonicalAddress(text);
  if (canonical !== undefined) return canonical;
  context.addIssue({ code: 'custom', message: 'no address' });
  return z.NEVER;
});

const answerSchema = z.strictObject({
  mortise: z.literal('probe'),
  format: z.literal(answerFormat),
  nonce: z.string().refine(isNonce),
  from: z.strictObject({
    name: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
    addresses: z.array(address).max(mostAddresses),
  }),
  at: z.iso.datetime(),
  saw: z.record(z.string(), z.string()),
  sum: z.int(),
});

const wordPattern =
  /^(?<port>[1-9]\d{0,4})\/(?<protocol>tcp|udp)=(?:(?<saw>answered|open|refused|filtered)(?::(?<version>\d{1,3}(?:\.\d{1,6}){1,3}))?|untried:(?<why>[a-z-]+))$/;

function sightingOf(atAddress: string, word: string): Sighting | undefined {
  const { port: digits, protocol, saw, version, why } = wordPattern.exec(word)?.groups ?? {};
  const port = Number(digits);
  if (!(port <= 65_535) || (protocol !== 'tcp' && protocol !== 'udp')) return undefined;
  const where = { address: atAddress, protocol, port } as const;
  const obstacle = obstacles.find((each) => each === why);
  if (obstacle !== undefined) return { ...where, saw: 'untried', why: obstacle };
  if (saw === 'answered') return { ...where, saw, version: version ?? null };
  if ((saw === 'open' || saw === 'refused' || saw === 'filtered') && version === undefined)
    return { ...where, saw, version: null };
  return undefined;
}

export type ReadProbe = Probe & { readonly nonce: string };

/**
 * What mail programs and copying put in: line ends, quotation marks of replies, blanks, characters without width. NUL is
 * every other byte of a file that Windows PowerShell 5.1 writes with `>` (UTF-16).
 */
const putIn = /[\s>|\0\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g;

const notOne = (cause: string) => failed(failure('probe-not-one', { cause }));

/** Every answer that stands in a text, however it was mailed; `probe-not-one` says what is wrong with a text without any. */
export function answersIn(text: string): Result<readonly [ReadProbe, ...ReadProbe[]]> {
  const bare = text.replaceAll(putIn, '');
  if (bare === '') return notOne('the text is empty');
  const begins = bare.split(`${firstLine}{`).slice(1);
  if (begins.length === 0)
    return notOne(
      bare.includes(lastLine) ? 'its beginning is missing' : `it has no line ${firstLine} with an answer after it`,
    );
  const answers: ReadProbe[] = [];
  let fault: string | undefined;
  for (const begin of begins) {
    const answer = readBody(begin);
    if (typeof answer === 'string') fault ??= answer;
    else answers.push(answer);
  }
  const [first, ...more] = answers;
  if (first === undefined || fault !== undefined) return notOne(fault ?? 'it holds no answer');
  return succeed([first, ...more]);
}

/** The answer that `rest` goes on with, or what is wrong with it. */
function readBody(rest: string): ReadProbe | string {
  const end = rest.indexOf(`}${lastLine}`);
  if (end === -1) return 'its end is missing';
  const body = `{${rest.slice(0, end)}`;
  const format = /^\{"mortise":"probe","format":(\d{1,4}),/.exec(body)?.[1];
  if (format !== undefined && format !== `${answerFormat}`)
    return `it is written in format ${format}, and this version of Mortise reads format ${answerFormat}`;
  const [, summed, sum] = /^(.*),"sum":(\d{1,10})$/.exec(body) ?? [];
  if (summed === undefined || Number(sum) !== sumOf(summed))
    return 'it was altered on the way, or a part of it is missing';
  const read = answerSchema.safeParse(parsed(`${body}}`));
  if (!read.success) return 'it was altered';
  const { nonce, from, at, saw } = read.data;
  const sightings: Sighting[] = [];
  for (const [at, words] of Object.entries(saw)) {
    const atAddress = canonicalAddress(at);
    for (const word of words.split(',')) {
      const sighting = atAddress === undefined ? undefined : sightingOf(atAddress, word);
      if (sighting === undefined || sightings.length >= mostSightings) return `it was altered: "${word.slice(0, 40)}"`;
      sightings.push(sighting);
    }
  }
  return { nonce, from, at, sightings };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
