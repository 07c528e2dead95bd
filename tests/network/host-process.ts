import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { hostRequestSchema } from './host-requests.ts';
import type { HostRequest } from './host-requests.ts';

// A host of the lab: listens, connects and talks as its requests say, in whatever namespace it was started.

/** Far more than a packet takes between two namespaces, in milliseconds. */
const patience = 400;
const held = new Map<number, Socket>();

async function listen({ protocol, address, port }: HostRequest & { readonly do: 'listen' }): Promise<string> {
  if (protocol === 'udp') {
    const socket = createSocket({ type: address.includes(':') ? 'udp6' : 'udp4' });
    socket.on('message', (message, from) => socket.send(message, from.port, from.address));
    socket.bind(port, address);
    await once(socket, 'listening');
    return String(socket.address().port);
  }
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  server.listen(port, address);
  await once(server, 'listening');
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? String(bound.port) : 'none';
}

/** `answers`, `refused`, or `silence`. */
async function reach({ protocol, address, port, from }: HostRequest & { readonly do: 'reach' }): Promise<string> {
  if (protocol === 'udp') return await ask(address, port, from);
  const socket = connect({ host: address, port, ...(from === undefined ? {} : { localAddress: from }) });
  const said = await answerOf(socket, 'connect');
  socket.destroy();
  return said;
}

async function answerOf(socket: Socket, first: 'connect' | 'none'): Promise<string> {
  return await new Promise((resolve) => {
    const timer = setTimeout(() => resolve('silence'), patience);
    const settle = (said: string) => {
      clearTimeout(timer);
      resolve(said);
    };
    socket.once('error', (error) =>
      settle('code' in error && error.code === 'ECONNREFUSED' ? 'refused' : error.message),
    );
    socket.once('data', () => settle('answers'));
    if (first === 'connect') socket.once('connect', () => socket.write('well?'));
    else socket.write('well?');
  });
}

async function ask(address: string, port: number, from: string | undefined): Promise<string> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  socket.bind(0, from);
  await once(socket, 'listening');
  if (address.endsWith('.255')) socket.setBroadcast(true);
  const said = await new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve('silence'), patience);
    socket.once('message', () => {
      clearTimeout(timer);
      resolve('answers');
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
      resolve(error.message);
    });
    socket.send('well?', port, address);
  });
  socket.close();
  return said;
}

async function hold({ id, address, port }: HostRequest & { readonly do: 'hold' }): Promise<string> {
  const socket = connect({ host: address, port });
  const said = await answerOf(socket, 'connect');
  socket.on('error', () => undefined);
  held.set(id, socket);
  return said;
}

async function obey(request: HostRequest): Promise<string> {
  switch (request.do) {
    case 'listen':
      return await listen(request);
    case 'reach':
      return await reach(request);
    case 'hold':
      return await hold(request);
    case 'talk': {
      const socket = held.get(request.session);
      return socket === undefined ? 'no such session' : await answerOf(socket, 'none');
    }
  }
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const request = hostRequestSchema.parse(JSON.parse(line));
    void obey(request)
      .catch((error: unknown) => String(error))
      .then((said) => process.stdout.write(`${JSON.stringify({ id: request.id, said })}\n`));
  })
  .once('close', () => process.exit(0));
