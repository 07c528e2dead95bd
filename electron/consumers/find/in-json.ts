import { parseTree } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { jsonValue } from '../json-value.ts';
import { isLoginName, isPasswordName, looksLikeConnectionString } from './found-value.ts';
import type { FoundValue } from './found-value.ts';

interface Text {
  readonly path: readonly string[];
  readonly value: string;
  readonly at: number;
}

/** Every text of a file with the keys that lead to it. */
function textsIn(node: Node | undefined, path: readonly string[]): readonly Text[] {
  switch (node?.type) {
    case 'string':
      return [{ path, value: String(node.value), at: node.offset }];
    case 'object':
      return (node.children ?? []).flatMap(({ children }) =>
        textsIn(children?.[1], [...path, String(children?.[0]?.value)]),
      );
    case 'array':
      return (node.children ?? []).flatMap((child, index) => textsIn(child, [...path, String(index)]));
    case undefined:
    default:
      return [];
  }
}

const pointerOf = (path: readonly string[]) =>
  path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const isBeside = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.slice(0, -1).every((key, index) => key === b[index]);

export function foundInJson(text: string): readonly FoundValue[] {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) return [];
  const texts = textsIn(root, []);
  return texts.flatMap(({ path, value, at }): FoundValue[] => {
    const name = path.at(-1) ?? '';
    const isString = looksLikeConnectionString(value) || path.at(-2)?.toLowerCase() === 'connectionstrings';
    if (!isString && !(isPasswordName(name) && value !== '')) return [];
    if (isString && /(?:^|;)\s*[\w ]+=/.test(value) && !looksLikeConnectionString(value)) return [];
    const holds = isString ? 'connection-string' : 'password';
    const logins = texts.filter((each) => isLoginName(each.path.at(-1) ?? '') && isBeside(each.path, path));
    const login = isString || logins.length !== 1 ? undefined : logins[0];
    return [
      {
        kind: 'json',
        at,
        name,
        holds,
        format: jsonValue(path),
        loginFormat: login === undefined ? null : jsonValue(login.path),
        described: {
          kind: 'json',
          pointer: pointerOf(path),
          holds,
          loginPointer: login === undefined ? null : pointerOf(login.path),
        },
      },
    ];
  });
}
