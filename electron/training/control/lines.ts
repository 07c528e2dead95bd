import type { Socket } from 'node:net';

/**
 * Calls `onLine` for each line that arrives on the socket, without its end. A line of more than `longest` characters
 * ends the connection: whoever sends it does not speak this protocol.
 */
export function readLines(socket: Socket, longest: number, onLine: (line: string) => void): void {
  let parts: string[] = [];
  let length = 0;
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    let rest = chunk;
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
      parts.push(rest.slice(0, end));
      const line = parts.join('');
      parts = [];
      length = 0;
      rest = rest.slice(end + 1);
      onLine(line);
    }
    if (rest === '') return;
    parts.push(rest);
    length += rest.length;
    if (length > longest) socket.destroy();
  });
}

/** The value that a line of JSON stands for; undefined, which JSON cannot say, for anything else. */
export function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
