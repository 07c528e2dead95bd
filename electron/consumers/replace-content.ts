import type { LogFile } from '#electron/log/file-port.ts';

/** How the file's encoding writes a blank: in UTF-16 with its byte order mark in two bytes. */
function blankOf(content: Uint8Array): Uint8Array {
  return content[0] === 0xff ? Uint8Array.of(0x20, 0x00) : Uint8Array.of(0x20);
}

function blanks(bytes: number, blank: Uint8Array): Uint8Array {
  return Buffer.alloc(bytes, blank);
}

/**
 * Makes the content of a text file another, in place. The length changes apart from the text, with blanks at the end in
 * between: a disk that is full shows before anything is overwritten, and a process that is ended leaves the old text or
 * the new one with nothing but blanks behind it. The change itself is one write of what differs; a power cut in the
 * middle of it can leave a mixture where it spans more than one page.
 */
export async function replaceContent(file: LogFile, old: Uint8Array, content: Uint8Array): Promise<void> {
  const blank = blankOf(old);
  const longer = content.length - old.length;
  const differs = content.findIndex((byte, index) => byte !== old[index]);
  const from = differs === -1 ? content.length : differs;
  if (longer > 0) {
    try {
      await file.write(old.length, blanks(longer, blank));
      await file.flush();
    } catch (error) {
      await file.truncate(old.length);
      throw error;
    }
  }
  await file.write(from, Buffer.concat([content.subarray(from), blanks(Math.max(0, -longer), blank)]));
  await file.flush();
  if (longer < 0) {
    await file.truncate(content.length);
    await file.flush();
  }
}
