import { parseArgs } from 'node:util';
import { text } from './text.ts';

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

/** Reads the preview's arguments; throws with a sentence for one that it does not take. */
export function readPreviewOptions(args: readonly string[]): PreviewOptions {
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
    if (token.kind === 'positional') throw new Error(text.unknownArgument(token.value));
    if (token.kind === 'option' && !known.has(token.name)) throw new Error(text.unknownArgument(token.rawName));
  }
  const asText = (name: 'state-folder' | 'training-port' | 'controllers') => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    stateFolder: asText('state-folder'),
    trainingPort: wholeNumber(asText('training-port')),
    controllers: wholeNumber(asText('controllers')),
    browser: values['no-browser'] !== true,
  };
}
