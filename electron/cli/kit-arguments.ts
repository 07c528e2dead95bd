/** The recovery kit: a file that is named on the command line. */
export interface KitCommand {
  readonly name: 'kit';
  readonly action: 'export' | 'import';
  readonly file: string;
}

/** The command, or the sentence that says what is missing. `words` are those after `kit`. */
export function readKitCommand([action, file, ...more]: readonly string[]): KitCommand | string {
  if (action !== 'export' && action !== 'import') return '"kit" wants export or import.';
  if (file === undefined) return `"kit ${action}" wants a file.`;
  return more.length > 0 ? `"${more.join(' ')}" is too much.` : { name: 'kit', action, file };
}
