import { describe, expect, it } from 'vitest';
import { replaceContent } from '#electron/consumers/replace-content.ts';
import type { LogFile } from '#electron/log/file-port.ts';
import { MemoryFilePort } from '#electron/log/memory-file-port.ts';

const path = '/etc/service.config';
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const utf8 = (text: string) => Buffer.from(text);

/** The file, which gives up before the operation with this number as if the process had been ended there. */
async function endedAt(port: MemoryFilePort, last: number): Promise<LogFile> {
  const file = await port.open(path);
  let operations = 0;
  const counted = async <T>(operation: () => Promise<T>): Promise<T> => {
    operations += 1;
    if (operations > last) throw new Error('ended');
    return operation();
  };
  return {
    ...file,
    write: (offset, bytes) => counted(() => file.write(offset, bytes)),
    flush: () => counted(() => file.flush()),
    truncate: (size) => counted(() => file.truncate(size)),
  };
}

async function replacedUntil(old: Uint8Array, content: Uint8Array, last: number) {
  const port = new MemoryFilePort();
  port.place(path, old);
  const ended = await replaceContent(await endedAt(port, last), old, content).then(
    () => false,
    () => true,
  );
  return { ended, port };
}

describe.each([
  ['UTF-8', utf8],
  ['UTF-16', utf16],
])('replacing the content of a file in %s', (_, encode) => {
  const old = encode('<a p="old"/>\n');

  it.each(['<a p="a much longer one"/>\n', '<a p="x"/>\n', '<a p="new"/>\n', '<a p="old"/>\n', '<a p="old"/>\n\n', ''])(
    'to %j leaves the old text or the new one, with blanks behind it, wherever the process is ended',
    async (text) => {
      const content = encode(text);
      for (let last = 0; ; last += 1) {
        const { ended, port } = await replacedUntil(old, content, last);
        const left = Buffer.from(port.content(path));
        const whole = [old, content].some(
          (each) => left.subarray(0, each.length).equals(each) && isBlank(left.subarray(each.length), encode),
        );
        expect(whole).toBe(true);
        if (!ended) {
          expect(left).toEqual(content);
          // And it is on the disk.
          port.crash({ keep: 'nothing' });
          expect(Buffer.from(port.content(path))).toEqual(content);
          return;
        }
      }
    },
  );

  it('leaves the old text where the disk has no space for a longer one', async () => {
    const port = new MemoryFilePort();
    port.place(path, old);
    port.limitSpace(old.length + 3);
    const longer = encode('<a p="a much longer one"/>\n');
    await expect(replaceContent(await port.open(path), old, longer)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(Buffer.from(port.content(path))).toEqual(old);
  });
});

function isBlank(bytes: Uint8Array, encode: (text: string) => Uint8Array): boolean {
  const mark = encode('').length;
  const blank = encode(' ').subarray(mark);
  return bytes.length % blank.length === 0 && bytes.every((byte, index) => byte === blank[index % blank.length]);
}
