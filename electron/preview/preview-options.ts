import { parseArgs } from 'node:util';

export interface PreviewOptions {
  readonly stateFolder: string | undefined;
  readonly trainingPort: number | undefined;
  readonly controllers: number | undefined;
  /** Whether the browser is opened; the address is printed anyway. */
  readonly browser: boolean;
}

function wholeNumber(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}

export type PreviewArguments =
  | { readonly understood: true; readonly options: PreviewOptions }
  /** `refused` is the argument that it does not take. */
  | { readonly understood: false; readonly refused: string };

/** Reads the preview's arguments. */
export function readPreviewOptions(args: readonly string[]): PreviewArguments {
  const { values, tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    options: {
      'state-folder': { type: 'string' },
      'training-port': { type: 'string' },
      controllers: { type: 'string' },
      'no-browser': { type: 'boolean' },
    },
  });
  const known = new Set(['state-folder', 'training-port', 'controllers', 'no-browser']);
  for (const token of tokens) {
    if (token.kind === 'positional') return { understood: false, refused: token.value };
    if (token.kind === 'option' && !known.has(token.name)) {
      return { understood: false, refused: token.rawName };
    }
  }
  const asText = (name: 'state-folder' | 'training-port' | 'controllers') => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    understood: true,
    options: {
      stateFolder: asText('state-folder'),
      trainingPort: wholeNumber(asText('training-port')),
      controllers: wholeNumber(asText('controllers')),
      browser: values['no-browser'] !== true,
    },
  };
}
