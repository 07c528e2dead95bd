import type { PowerShellCommands } from './powershell-commands.ts';
import type { PowerShellText } from './powershell-texts.ts';
import { ofType, within } from './powershell-tree.ts';
import type { Part } from './powershell-tree.ts';

/** What is wrong with a text: `what` is the kind, for tests; `where` its line and words. */
export interface Fault {
  readonly what:
    | 'too long'
    | 'not ASCII'
    | 'syntax'
    | 'newer syntax'
    | 'unknown command'
    | 'unknown parameter'
    | 'forbidden command'
    | 'forbidden operator'
    | 'forbidden type'
    | 'forbidden call';
  readonly where: string;
}

/** More does not fit into a command line in the encoded form. */
const longest = 12_000;

/** They run text as code, or code that the text does not show. */
const forbidden: ReadonlySet<string> = new Set(['invoke-expression', 'invoke-command', 'add-type', 'start-process']);

/** "about_Language_Modes": types whose conversions work in ConstrainedLanguage too, as far as they are needed. */
const constrainedTypes: ReadonlySet<string> = new Set([
  'string',
  'string[]',
  'int',
  'char',
  'bool',
  'array',
  'hashtable',
]);

/** On an array they answer the members that fit, which counts as true; and they make no difference of case. */
const looseOperators: ReadonlySet<string> = new Set(
  ['match', 'notmatch', 'like', 'notlike', 'contains', 'notcontains', 'in', 'notin', 'replace'].flatMap((name) => [
    `-${name}`,
    `-i${name}`,
  ]),
);

const name = (text: string) => text.toLowerCase();

/** Judges the texts against a list of the commands there are. */
export class PowerShellJudge {
  readonly #parse: (text: string) => Part;
  readonly #commands: PowerShellCommands;

  constructor(parse: (text: string) => Part, commands: PowerShellCommands) {
    this.#parse = parse;
    this.#commands = commands;
  }

  faultsOf({ text, language }: Pick<PowerShellText, 'text' | 'language'>): readonly Fault[] {
    const whole = this.#parse(text);
    const commands = new Map([...this.#commands, ...functionsOf(whole)]);
    return [
      ...textFaults(text),
      ...syntaxFaults(whole),
      ...ofType(whole, 'command').flatMap((command) => commandFaults(command, commands, whole)),
      ...operatorFaults(whole),
      ...(language === 'constrained' ? constrainedFaults(whole) : []),
    ];
  }
}

const at = (what: Fault['what'], { line, text }: Pick<Part, 'line' | 'text'>): Fault => ({
  what,
  where: `line ${line}: ${text.slice(0, 60)}`,
});

function textFaults(text: string): readonly Fault[] {
  const foreign = [...text.matchAll(/[^\n\x20-\x7e]/gu)].map((match) => {
    const before = text.slice(0, match.index);
    return at('not ASCII', { line: before.split('\n').length, text: JSON.stringify(match[0]) });
  });
  return text.length < longest ? foreign : [...foreign, at('too long', { line: 1, text: `${text.length} characters` })];
}

function syntaxFaults(whole: Part): readonly Fault[] {
  const wrong = [...within(whole)].filter(({ type, missing }) => type === 'ERROR' || missing);
  // Chains of pipelines came with PowerShell 7.
  const chains = ofType(whole, 'pipeline_chain_tail');
  return [...wrong.map((part) => at('syntax', part)), ...chains.map((part) => at('newer syntax', part))];
}

/** The functions that the text itself declares, with their parameters. */
function functionsOf(whole: Part): PowerShellCommands {
  return new Map(
    ofType(whole, 'function_statement').map((statement) => {
      const [declared] = ofType(statement, 'function_name');
      const parameters = ofType(statement, 'script_parameter').flatMap((parameter) =>
        ofType(parameter, 'variable').slice(0, 1),
      );
      return [name(declared?.text ?? ''), new Set(parameters.map(({ text }) => name(text.slice(1))))];
    }),
  );
}

function commandFaults(command: Part, commands: PowerShellCommands, whole: Part): readonly Fault[] {
  const called = command.parts.find(({ type }) => type === 'command_name');
  // With "&" and "." what runs is not in the text.
  if (called === undefined) return [at('forbidden call', command)];
  // The grammar takes a range ("1..3") for a command.
  if (/^[0-9]/u.test(called.text)) return [];
  const parameters = commands.get(name(called.text));
  if (parameters === undefined) return [at('unknown command', called)];
  if (forbidden.has(name(called.text))) return [at('forbidden command', called)];
  const elements = command.parts.find(({ type }) => type === 'command_elements')?.parts ?? [];
  const given = elements
    .filter(({ type }) => type === 'command_parameter')
    .map((part) => ({ ...part, text: part.text.replace(/^-|:$/gu, '') }));
  const splatted = elements
    .filter(({ text, type }) => type !== 'command_parameter' && /^@\w+$/u.test(text))
    .flatMap(({ text }) => keysOf(whole, text.slice(1)));
  // Shortened names are refused too: another version may have two that begin so.
  return [...given, ...splatted]
    .filter(({ text }) => !parameters.has(name(text)))
    .map((part) => at('unknown parameter', part));
}

const unquoted = (part: Part): Part => ({ ...part, text: part.text.replace(/^['"]|['"]$/gu, '') });

/** The keys that a variable is given, in the table it is set to and one by one behind it. */
function keysOf(whole: Part, variable: string): readonly Part[] {
  const target = `$${variable}`.toLowerCase();
  return ofType(whole, 'assignment_expression').flatMap((assignment) => {
    const left = assignment.parts.find(({ type }) => type === 'left_assignment_expression');
    const set = name(left?.text.trim() ?? '');
    if (set === target) return ofType(assignment, 'key_expression').map(unquoted);
    if (left === undefined || !set.startsWith(`${target}[`)) return [];
    return ofType(left, 'string_literal').map(unquoted);
  });
}

/** Matches need a text on their left, said in so many words, and a pattern for all of it. */
function operatorFaults(whole: Part): readonly Fault[] {
  return ofType(whole, 'comparison_expression').flatMap((expression): readonly Fault[] => {
    const index = expression.parts.findIndex(({ type }) => type === 'comparison_operator');
    const operator = expression.parts[index];
    if (operator === undefined) return [];
    if (looseOperators.has(name(operator.text))) return [at('forbidden operator', expression)];
    if (!/^-cn?o?t?match$/iu.test(operator.text)) return [];
    const left = expression.parts
      .slice(0, index)
      .map(({ text }) => text)
      .join('')
      .trim();
    return /^\[string\]/iu.test(left) ? [] : [at('forbidden operator', expression)];
  });
}

function constrainedFaults(whole: Part): readonly Fault[] {
  const types = ofType(whole, 'type_literal').filter(({ text }) => !constrainedTypes.has(name(text.slice(1, -1))));
  const calls = ofType(whole, 'invokation_expression');
  return [...types.map((part) => at('forbidden type', part)), ...calls.map((part) => at('forbidden call', part))];
}
