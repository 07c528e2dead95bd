/** How a text file is encoded, byte order mark included, so that it is written back the same. */
export type TextEncoding = 'utf-8' | 'utf-8 with mark' | 'utf-16le';

export interface EncodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

const marks: Readonly<Record<TextEncoding, readonly number[]>> = {
  'utf-8': [],
  'utf-8 with mark': [0xef, 0xbb, 0xbf],
  'utf-16le': [0xff, 0xfe],
};

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.length > 0 && mark.every((byte, index) => bytes[index] === byte);
}

export function encodeText({ text, encoding }: EncodedText): Uint8Array {
  return Buffer.concat([Buffer.from(marks[encoding]), Buffer.from(text, encoding === 'utf-16le' ? 'utf16le' : 'utf8')]);
}

/** The encoding that an XML file without a mark declares (XML 1.0, 4.3.3); UTF-8 where it declares none. */
function declared(text: string): string {
  return /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1] ?? 'utf-8';
}

/** Undefined for a file that could not be written back byte for byte. */
export function decodeText(bytes: Uint8Array): EncodedText | undefined {
  const marked = (['utf-8 with mark', 'utf-16le'] as const).find((each) => startsWith(bytes, marks[each]));
  const encoding = marked ?? 'utf-8';
  try {
    const decoder = new TextDecoder(encoding === 'utf-16le' ? 'utf-16le' : 'utf-8', { fatal: true, ignoreBOM: true });
    const text = decoder.decode(bytes.subarray(marks[encoding].length));
    if (marked === undefined && !/^(?:utf-8|us-ascii)$/i.test(declared(text))) return undefined;
    return { text, encoding };
  } catch {
    return undefined;
  }
}
