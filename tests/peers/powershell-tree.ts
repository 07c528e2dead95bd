import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';

/** A part of a text as the grammar of PowerShell sees it. */
export interface Part {
  readonly type: string;
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** The grammar would need something here that is not there. */
  readonly missing: boolean;
  readonly parts: readonly Part[];
}

/** A parser of PowerShell that Microsoft has no part in: what it takes is not yet PowerShell 5.1, what it refuses is not. */
export async function powerShellParser(): Promise<(text: string) => Part> {
  await Parser.init();
  const wasm = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm));
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error('The text was not parsed.');
    // A cursor walks in milliseconds what takes seconds node by node.
    const cursor = tree.walk();
    const part = (): Part => {
      const { nodeType: type, nodeText, nodeIsMissing: missing, startPosition } = cursor;
      const parts: Part[] = [];
      if (cursor.gotoFirstChild()) {
        do parts.push(part());
        while (cursor.gotoNextSibling());
        cursor.gotoParent();
      }
      return { type, text: nodeText, line: startPosition.row + 1, missing, parts };
    };
    const whole = part();
    cursor.delete();
    tree.delete();
    return whole;
  };
}

/** The part and all that it is made of. */
export function* within(part: Part): Generator<Part> {
  yield part;
  for (const each of part.parts) yield* within(each);
}

/** Those of a type, in it. */
export const ofType = (part: Part, ...types: readonly string[]): readonly Part[] =>
  [...within(part)].filter(({ type }) => types.includes(type));
