import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ErrorCode } from '#shared/errors.ts';
import { connectAs } from './attempts.ts';
import { makeCertificate } from './certificates.ts';
import { tdsServer } from './servers.ts';

type Reply = (question: Buffer, send: (answer: Buffer) => void) => void;

/** A SQL Server Browser on a port of its own; answers that port. */
async function browser(reply: Reply): Promise<number> {
  const socket: Socket = createSocket('udp4');
  socket.on('message', (question, from) => reply(question, (answer) => socket.send(answer, from.port, from.address)));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    socket.close();
  });
  return socket.address().port;
}

function answer(text: string, length = text.length): Buffer {
  const header = Buffer.from([5, 0, 0]);
  header.writeUInt16LE(length, 1);
  return Buffer.concat([header, Buffer.from(text, 'latin1')]);
}

const facts = (name: string, protocols: string) =>
  `ServerName;SERVER;InstanceName;${name};IsClustered;No;Version;13.0.1601.5${protocols};;`;

/** Answers the question about one instance, and the one about all of them. */
const knowing =
  (one: string | undefined, all: string | undefined): Reply =>
  (question, send) => {
    const text = question[0] === 4 ? one : all;
    if (text !== undefined) send(answer(text));
  };

const ask = async (browserPort: number, instance = 'NET2') =>
  await connectAs({ kind: 'instance', instance }, { surroundings: { browserPort } });

describe('The SQL Server Browser', () => {
  it('names the port of the instance, whatever the case of its name', async () => {
    const ca = await makeCertificate({ isCa: true, commonName: 'Site CA' });
    const server = await tdsServer(await makeCertificate({ issuer: ca }));
    const questions: string[] = [];
    const port = await browser((question, send) => {
      questions.push(question.toString('hex'));
      send(answer(facts('NET2', `;tcp;${server.port};np;\\\\SERVER\\pipe\\MSSQL$NET2\\sql\\query`)));
    });
    const trust = { kind: 'ca', certificate: ca.cert } as const;
    for (const instance of ['NET2', 'net2'])
      expect(
        await connectAs({ kind: 'instance', instance }, { trust, surroundings: { browserPort: port } }),
      ).toBeUndefined();
    // CLNT_UCAST_INST: 04, the name, 00.
    expect(questions).toEqual(['044e45543200', '046e65743200']);
  });

  it('names it in the list, where the first datagram was lost', async () => {
    const port = await browser(knowing(undefined, facts('OTHER', ';tcp;1') + facts('NET2', ';tcp;2')));
    expect((await ask(port))?.code).toBe('port-closed');
  });

  it('that is not there is silent, at once or not', async () => {
    expect(await ask(await browser(() => undefined))).toMatchObject({
      code: 'browser-silent',
      next: expect.stringContaining('give the port'),
    });
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const { port } = socket.address();
    await new Promise<void>((resolve) => socket.close(resolve));
    expect((await ask(port))?.code).toBe('browser-silent');
  });

  it('that knows no such instance says which it knows', async () => {
    const port = await browser(knowing(undefined, facts('SQLEXPRESS', ';tcp;1433') + facts('VAULT', '')));
    expect(await ask(port)).toMatchObject({
      code: 'instance-unknown',
      sentence: expect.stringContaining('SQLEXPRESS, VAULT'),
    });
    const none = await browser(knowing(undefined, ''));
    expect((await ask(none))?.code).not.toBe('port-closed');
  });

  it('tells of an instance that does not listen on TCP', async () => {
    for (const protocols of ['', ';np;\\\\SERVER\\pipe\\x'])
      expect((await ask(await browser(knowing(facts('NET2', protocols), undefined))))?.code).toBe(
        'instance-without-tcp',
      );
  });

  const lies: readonly (readonly [string, Buffer])[] = [
    ['another instance', answer(facts('SQLEXPRESS', ';tcp;1433'))],
    ['port 0', answer(facts('NET2', ';tcp;0'))],
    ['port 65536', answer(facts('NET2', ';tcp;65536'))],
    ['a port that is a word', answer(facts('NET2', ';tcp;DROP'))],
    ['two instances at once', answer(facts('NET2', ';tcp;1') + facts('NET2', ';tcp;2'))],
    ['a length that is not its own', answer(facts('NET2', ';tcp;1'), 7)],
    ['another type', Buffer.concat([Buffer.from([6]), answer(facts('NET2', ';tcp;1')).subarray(1)])],
    ['no end', answer('ServerName;S;InstanceName;NET2;tcp;1')],
    ['no pairs', answer('ServerName;S;InstanceName;;')],
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([5])],
    ['control characters', answer(facts('NET2\u0007\u001B[31m', ';tcp;1'))],
  ];
  it.each(lies)('is not believed when it answers with %s', async (_what, lie) => {
    const failure = await ask(await browser((_question, send) => send(lie)));
    expect(failure?.code).toBe<ErrorCode>('browser-answer-invalid');
    expect(failure?.sentence).not.toMatch(/\p{Cc}/u);
  });

  it('is only listened to at the address that was asked', async () => {
    const port = await browser((_question, send) => {
      void send;
      const liar = createSocket('udp4');
      liar.bind(0, '127.0.0.2', () => {
        liar.send(answer(facts('NET2', ';tcp;1')), 65_000, '127.0.0.1', () => liar.close());
      });
    });
    expect((await ask(port))?.code).toBe('browser-silent');
  });
});
