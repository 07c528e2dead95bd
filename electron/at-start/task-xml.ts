import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';

/** What a task runs, as [MS-TSCH] 2.5.5 calls it: a program and one text of arguments. */
export interface TaskAction {
  readonly command: string;
  readonly arguments: string;
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** Everything but ASCII by its number, so that no code page can change it. */
const escaped = (text: string) =>
  text.replace(/[<>&"]|[^\x20-\x7e]/gu, (each) => entities[each] ?? `&#${each.codePointAt(0)};`);

function unescaped(text: string): string {
  const named = new Map(
    [...Object.entries(entities), ["'", '&apos;']].map(([character, entity]) => [entity, character]),
  );
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|\w+);/giu, (entity, decimal?: string, hex?: string) =>
    decimal === undefined && hex === undefined
      ? (named.get(entity) ?? entity)
      : String.fromCodePoint(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)),
  );
}

export interface Programs {
  readonly systemRoot: string;
  readonly powerShell: { readonly program: string; readonly args: readonly string[] };
  /** The file with the request, which is the program's input. */
  readonly request: string;
}

/** Quotes do not keep the console from reading a variable between two "%", and a quote would end one. */
const unfit = /["%\r\n]/u;

const quoted = (text: string) => (/^[\w.\-\\:]+$/u.test(text) ? text : `"${text}"`);

/**
 * The console hands the file over, because a task gives its program no input. With /s it takes what stands between the
 * first quote and the last as it is.
 */
export function taskAction({ systemRoot, powerShell, request }: Programs): Result<TaskAction> {
  const parts = [powerShell.program, ...powerShell.args, request];
  const wrong = parts.find((part) => unfit.test(part));
  if (wrong !== undefined) {
    const cause = `the path ${wrong} has a character that the console would read as something else`;
    return failed(failure('at-start-failed', { what: 'installed', cause }));
  }
  const line = [powerShell.program, ...powerShell.args].map(quoted).join(' ');
  return succeed({
    command: `${systemRoot}\\System32\\cmd.exe`,
    arguments: `/d /s /c "${line} < "${request}""`,
  });
}

/** A task of the system itself, at every start, with the highest rights ([MS-TSCH] 2.5; S-1-5-18 is LocalSystem). */
export function taskXml({ command, arguments: given }: TaskAction): string {
  return `<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Author>Mortise</Author>
    <Description>Puts the block of Mortise's secure mode up again when Windows starts.</Description>
  </RegistrationInfo>
  <Triggers>
    <BootTrigger>
      <Enabled>true</Enabled>
    </BootTrigger>
  </Triggers>
  <Principals>
    <Principal id="System">
      <UserId>S-1-5-18</UserId>
      <RunLevel>HighestAvailable</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT10M</ExecutionTimeLimit>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="System">
    <Exec>
      <Command>${escaped(command)}</Command>
      <Arguments>${escaped(given)}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
}

/** Whether a task, as the scheduler keeps it, is switched on and does this and nothing else at a start. */
export function does(xml: string, action: TaskAction): boolean {
  const all = (name: string) =>
    [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`, 'gu'))].map(([, text]) =>
      unescaped(text ?? ''),
    );
  const only = (name: string, text: string) => all(name).length === 1 && all(name)[0] === text;
  return (
    only('Command', action.command) &&
    only('Arguments', action.arguments) &&
    only('UserId', 'S-1-5-18') &&
    !all('Enabled').includes('false') &&
    (xml.match(/<BootTrigger[\s/>]/gu) ?? []).length === 1
  );
}
