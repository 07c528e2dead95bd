import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const listOf = <T extends z.ZodType>(item: T) =>
  z
    .union([z.array(item), item, z.null()])
    .transform((value): readonly z.infer<T>[] => (value === null ? [] : Array.isArray(value) ? value : [value]));

/** What Microsoft publishes of a real machine: each command with its parameter sets as Get-Command shows them. */
const schema = z.object({
  Modules: z.array(
    z.object({ ExportedCommands: listOf(z.object({ Name: z.string(), ParameterSets: listOf(z.string()) })) }),
  ),
});

/** The commands of Windows PowerShell 5.1 with their parameters; both in lower case, because PowerShell ignores case. */
export type PowerShellCommands = ReadonlyMap<string, ReadonlySet<string>>;

/** "about_CommonParameters" of 5.1. */
const common = [
  'verbose',
  'debug',
  'erroraction',
  'warningaction',
  'informationaction',
  'errorvariable',
  'warningvariable',
  'informationvariable',
  'outvariable',
  'outbuffer',
  'pipelinevariable',
];

export async function readCommands(path: string): Promise<PowerShellCommands> {
  const { Modules } = schema.parse(JSON.parse(await readFile(path, 'utf8')));
  const commands = new Map<string, Set<string>>();
  for (const { Name, ParameterSets } of Modules.flatMap(({ ExportedCommands }) => ExportedCommands)) {
    // An alias is listed too, without parameters.
    if (ParameterSets.length === 0) continue;
    const parameters = commands.get(Name.toLowerCase()) ?? new Set(common);
    for (const [, parameter] of ParameterSets.join(' ').matchAll(/(?:^|[\s[])-(\w+)/gu)) {
      if (parameter !== undefined) parameters.add(parameter.toLowerCase());
    }
    commands.set(Name.toLowerCase(), parameters);
  }
  return commands;
}
