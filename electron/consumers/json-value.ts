import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import type { ValueFormat } from './located-value.ts';

const unit = /\\u([0-9a-fA-F]{4})|\\(.)|[^]/g;
const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function decodedUnit([text, code, escaped]: RegExpExecArray): string {
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  return escaped === undefined ? text : (escapes[escaped] ?? escaped);
}

/** The text between the quotes, decoded, with where each unit begins. */
function decode(raw: string, start: number): { readonly value: string; readonly offsets: readonly number[] } {
  const units = Array.from(raw.matchAll(unit), (match) => ({ text: decodedUnit(match), at: start + match.index }));
  return { value: units.map(({ text }) => text).join(''), offsets: [...units.map(({ at }) => at), start + raw.length] };
}

/** A key that stands twice on the way is read differently by different programs; some have no regard to case. */
function isAmbiguous(root: Node, path: readonly string[]): boolean {
  let node: Node | undefined = root;
  for (const key of path) {
    const named: readonly Node[] =
      node?.type === 'object'
        ? (node.children ?? []).filter(
            ({ children }) => String(children?.[0]?.value).toLowerCase() === key.toLowerCase(),
          )
        : [];
    if (named.length > 1) return true;
    node = node?.type === 'array' ? node.children?.[Number(key)] : named[0]?.children?.[1];
  }
  return false;
}

/**
 * The keys of a JSON pointer (RFC 6901: `/ConnectionStrings/Acs`, `~1` for a slash, `~0` for a tilde), or of keys joined
 * with full stops.
 */
export function parseJsonPath(path: string): readonly string[] {
  if (!path.startsWith('/')) return path.split('.');
  return path
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A string in a JSON file, with or without comments, by the keys that lead to it. */
export function jsonValue(path: readonly string[]): ValueFormat {
  const name = path.join(' > ');
  return {
    locate: (text) => {
      const errors: ParseError[] = [];
      const root = parseTree(text, errors, { allowTrailingComma: true });
      if (root === undefined || errors.length > 0) return { why: 'it is not well-formed JSON' };
      if (isAmbiguous(root, path)) return { why: `a key on the way to ${name} stands there twice` };
      const node = findNodeAtLocation(root, keysIn(root, path));
      if (node === undefined) return { why: `it has no ${name}` };
      if (node.type !== 'string') return { why: `${name} is no text` };
      const start = node.offset + 1;
      const end = node.offset + node.length;
      return { ...decode(text.slice(start, end - 1), start), shown: { start: node.parent?.offset ?? start, end } };
    },
    written: (part) => JSON.stringify(part).slice(1, -1),
  };
}

/** Numbers where the way leads through a list. */
function keysIn(root: Node, path: readonly string[]): (string | number)[] {
  const keys: (string | number)[] = [];
  for (const key of path) {
    const at = findNodeAtLocation(root, keys);
    keys.push(at?.type === 'array' && /^\d+$/.test(key) ? Number(key) : key);
  }
  return keys;
}
