import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Surroundings } from './surroundings.ts';

/*
 * The SQL Server Resolution Protocol ([MS-SQLR] 2.2): one datagram there, one back. The Browser is silent about an instance
 * that it does not know, so silence is told apart by asking for the list of all instances.
 */

/** CLNT_UCAST_INST and CLNT_UCAST_EX. */
const question = { oneInstance: 0x04, everyInstance: 0x03 } as const;
/** CLNT_UCAST_EX, whole. */
export const everyInstanceQuestion = Buffer.from([question.everyInstance]);
const answerType = 0x05;
const headerLength = 3;
/** Longer names and lists are of no use to anybody who reads a sentence. */
const mostNames = 10;

export interface BrowserQuestion {
  readonly host: string;
  readonly address: string;
  readonly instance: string;
}

/** The TCP port that the SQL Server Browser names for an instance. Only the address that was asked is listened to. */
export async function askBrowser(
  { host, address, instance }: BrowserQuestion,
  { limits, browserPort }: Pick<Surroundings, 'limits' | 'browserPort'>,
): Promise<Result<number>> {
  const ask = async (body: Buffer) => await exchange(address, browserPort, body, limits.browser);
  const invalid = (what: string) => failed(failure('browser-answer-invalid', { host, what }));
  const named = Buffer.from([question.oneInstance, ...Buffer.from(instance, 'utf8'), 0]);
  const one = await ask(named);
  if (one === undefined) {
    const every = await ask(everyInstanceQuestion);
    if (every === undefined) return failed(failure('browser-silent', { host, instance }));
    const known = instancesOf(every);
    if (known === undefined) return invalid('its list of instances makes no sense');
    const found = known.find((each) => sameName(each.get('InstanceName'), instance));
    // The first datagram was lost on the way.
    if (found !== undefined) return portOf(found, host, instance);
    const names = known.slice(0, mostNames).map((each) => shown(each.get('InstanceName') ?? ''));
    return failed(failure('instance-unknown', { host, instance, known: names.join(', ') || 'none' }));
  }
  const told = instancesOf(one);
  const [first, ...more] = told ?? [];
  if (first === undefined || more.length > 0) return invalid('its answer makes no sense');
  const name = first.get('InstanceName');
  if (!sameName(name, instance)) return invalid(`it was asked for ${instance} and tells of "${shown(name ?? '')}"`);
  return portOf(first, host, instance);
}

function portOf(facts: ReadonlyMap<string, string>, host: string, instance: string): Result<number> {
  const text = facts.get('tcp');
  if (text === undefined) return failed(failure('instance-without-tcp', { host, instance }));
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535)
    return failed(failure('browser-answer-invalid', { host, what: `it names the port "${shown(text)}"` }));
  return succeed(port);
}

/** What comes from the network is shown only as far as a sentence bears it. */
const shown = (text: string) => text.replaceAll(/[^\p{L}\p{N}_$#.\\ -]/gu, '?').slice(0, 40);

const sameName = (name: string | undefined, asked: string) => name?.toUpperCase() === asked.toUpperCase();

/** `ServerName;A;InstanceName;B;IsClustered;No;Version;1.2;tcp;1433;;` for each; undefined for anything else. */
export function instancesOf(answer: Buffer): readonly ReadonlyMap<string, string>[] | undefined {
  if (answer.length < headerLength || answer[0] !== answerType) return undefined;
  if (answer.readUInt16LE(1) !== answer.length - headerLength) return undefined;
  const text = answer.subarray(headerLength).toString('latin1');
  const parts = text.split(';;');
  if (parts.pop() !== '') return undefined;
  const instances = parts.map((part) => {
    const words = part.split(';');
    if (words.length % 2 !== 0) return undefined;
    return new Map(words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? ''] as const] : [])));
  });
  return instances.every((each) => each !== undefined && each.has('InstanceName'))
    ? instances.filter((each) => each !== undefined)
    : undefined;
}

/** One question; undefined where no answer came within the limit or the port is closed. */
async function exchange(address: string, port: number, body: Buffer, limit: number): Promise<Buffer | undefined> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  try {
    return await new Promise<Buffer | undefined>((resolve) => {
      const timer = setTimeout(() => resolve(undefined), limit);
      const end = (answer: Buffer | undefined) => {
        clearTimeout(timer);
        resolve(answer);
      };
      socket.on('error', () => end(undefined));
      socket.on('message', (answer) => end(answer));
      // Connected, so that the system drops what others send, and tells of a closed port.
      socket.connect(port, address, () => socket.send(body));
    });
  } finally {
    socket.close();
  }
}
