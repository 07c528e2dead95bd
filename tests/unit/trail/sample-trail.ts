import type { Result } from '#shared/result.ts';
import { frame } from '#electron/log/frames.ts';
import { scanLog } from '#electron/log/durable-log.ts';
import { MemoryFilePort } from '#electron/log/memory-file-port.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { createTrailKey } from '#electron/trail/trail-key.ts';
import type { TrailKey } from '#electron/trail/trail-key.ts';
import { openTrail } from '#electron/trail/trail.ts';
import { beforeTheFirst, canonical, hashOfLine, parseLine, sealedText } from '#electron/trail/trail-line.ts';
import type { TrailLine } from '#electron/trail/trail-line.ts';

export const path = '/state/trail.log';

export function clockAt(time: string): Clock {
  return { now: () => new Date(time) };
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.sentence);
  return result.value;
}

export const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);

/** A trail of whole operations, each of three entries and a seal. */
export async function sampleTrail(operations: number, key = createTrailKey()): Promise<MemoryFilePort> {
  const port = new MemoryFilePort();
  const trail = valueOf(
    await openTrail({ port, path, key, clock: clockAt('2026-03-01T08:00:00Z'), actor: 'eve (1000)' }),
  );
  for (let operation = 1; operation <= operations; operation += 1) {
    for (const phase of ['begun', 'noted', 'ended'] as const) {
      valueOf(await trail.record('rotation.rotate', phase, `operation ${operation} ${phase}`));
    }
  }
  return port;
}

export async function linesOf(port: MemoryFilePort): Promise<TrailLine[]> {
  const scan = valueOf(await scanLog(port, path));
  return scan.frames.flatMap((each) => parseLine(Buffer.from(each.payload).toString()) ?? []);
}

/** A file of these lines as a careful forger writes it: every checksum of the log is right. */
export function portWith(lines: readonly TrailLine[]): MemoryFilePort {
  const port = new MemoryFilePort();
  port.place(path, Buffer.concat(lines.map((line, index) => frame(index + 1, canonical(line)))));
  return port;
}

/** Makes the chain whole again over altered lines, behind a hash. With a key the seals are signed too. */
export function chainedAnew(lines: readonly TrailLine[], key?: TrailKey, behind = beforeTheFirst): TrailLine[] {
  let previous = behind;
  return lines.map((line) => {
    const moved = { ...line, previous };
    if (moved.kind === 'seal' && key !== undefined) {
      moved.key = key.publicKey;
      moved.signature = Buffer.from(key.sign(sealedText(moved))).toString('base64');
    }
    const hash = hashOfLine(moved);
    previous = hash;
    return { ...moved, hash };
  });
}

/** The text of one entry altered; its own hash made to fit it when `rehashed`. */
export function withText(lines: readonly TrailLine[], sequence: number, text: string, rehashed: boolean): TrailLine[] {
  return lines.map((line) => {
    if (line.kind !== 'entry' || line.sequence !== sequence) return line;
    const altered = { ...line, text };
    return rehashed ? { ...altered, hash: hashOfLine(altered) } : altered;
  });
}
