/** What a screen or a terminal would obey or hide instead of showing: controls, line separators, turns of the reading direction, half characters. */
const unshowable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Texts of one line that can be shown as they are. */
export const plainText = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u;

/** The first character of a text that cannot be shown, as `U+202E`, and where it stands, from 1. */
export function firstUnshowable(text: string): { readonly name: string; readonly at: number } | undefined {
  const at = text.search(new RegExp(unshowable, 'u'));
  if (at === -1) return undefined;
  const code = text.codePointAt(at) ?? 0;
  return { name: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`, at: at + 1 };
}

/** A text from outside as a part of a sentence: nothing in it acts on the screen, and it is no longer than `most`. */
export function shownText(text: string, most = 60): string {
  // Cut first: of a text of ten megabytes only the beginning is looked at.
  const cut = text.length > most ? `${text.slice(0, most)}…` : text;
  return cut.replaceAll(unshowable, (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);
}
