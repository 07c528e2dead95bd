import { registryType } from '#electron/machine/registry.ts';
import type { RegistryValue } from '#electron/machine/registry.ts';
import type { ValueFormat } from './located-value.ts';

/** The text of a value, and what must be put round it to make the same value again. */
export interface RegistryText {
  readonly type: number;
  readonly text: string;
  /** Zeros behind the text: programs forget theirs, or write two. */
  readonly zeros: number;
}

/** A text that says why when the value holds none that could be written back byte for byte. */
export function decodeRegistryText({ type, bytes }: RegistryValue): RegistryText | string {
  if (type !== registryType.text && type !== registryType.expandableText) {
    return 'it is neither of the type REG_SZ nor of REG_EXPAND_SZ';
  }
  if (bytes.length % 2 !== 0) return 'it is not a whole number of characters';
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf16le');
  const text = whole.replace(/\0+$/, '');
  if (text.includes('\0')) return 'its text goes on behind its end';
  return { type, text, zeros: whole.length - text.length };
}

export function encodeRegistryText({ type, text, zeros }: RegistryText): RegistryValue {
  return { type, bytes: Buffer.from(text + '\0'.repeat(zeros), 'utf16le') };
}

/** The whole text of a value: nothing in it is written differently from what it means. */
export const registryFormat: ValueFormat = {
  locate: (text) => ({
    value: text,
    offsets: Array.from({ length: text.length + 1 }, (_, index) => index),
    shown: { start: 0, end: text.length },
  }),
  written: (part) => (part.includes('\0') ? { why: 'a registry value cannot hold the new password' } : part),
};

/**
 * Whether Windows may read a variable into a part of the text: whoever reads REG_EXPAND_SZ then sees its content, not
 * what stands here.
 */
export function mayExpand({ type }: RegistryText, part: string): boolean {
  return type === registryType.expandableText && part.includes('%');
}
