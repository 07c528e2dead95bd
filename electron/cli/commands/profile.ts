import type { Client } from '#shared/client.ts';
import type { Failure } from '#shared/errors.ts';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { ProfileFault } from '#shared/site-profile.ts';
import { addressText } from '#shared/site-profile.ts';
import { shownText } from '#shared/shown-text.ts';
import type { CheckedProfile, ProfileDifference, SiteEntry } from '#shared/sites.ts';
import { largestProfile } from '#shared/vocabulary.ts';
import { readNamedFile } from '#electron/machine/trusted-file.ts';
import { profileJsonSchemaText } from '#electron/site/profile/profile-schema.ts';
import { profileInvalid, readProfile } from '#electron/site/profile/read-profile.ts';
import { profileText } from '#electron/site/profile/site-library.ts';
import type { SiteLibrary } from '#electron/site/profile/site-library.ts';
import type { Sites } from '#electron/operations/sites/sites.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printFailure } from '../print.ts';
import type { Output } from '../print.ts';
import type { LibraryChange, ProfileCommand } from '../profile-arguments.ts';
import { carryOutChange } from './change.ts';
import type { ChangeOptions } from './change.ts';

export type LibraryQuestion = Exclude<ProfileCommand, LibraryChange>;

/** The commands that need no site: they read the library, a file, or nothing, and change neither. */
export async function profileCommand(
  command: LibraryQuestion,
  { sites, library }: { readonly sites: Sites; readonly library: SiteLibrary },
  json: boolean,
  output: Output,
): Promise<ExitCode> {
  const print = (value: unknown, text: string) => output.out(json ? `${JSON.stringify(value, null, 2)}\n` : text);
  const fail = (why: Failure): ExitCode => {
    printFailure(why, { json }, output);
    return exitCodeOf(why.code);
  };
  switch (command.action) {
    case 'schema':
      output.out(profileJsonSchemaText());
      return exitCodes.done;
    case 'new': {
      const templates = await sites.templates();
      if (!templates.ok) return fail(templates.error);
      const template = templates.value.find(({ id }) => id === command.template);
      output.out(`${JSON.stringify(template?.draft, null, 2)}\n`);
      const places = template?.confirm.map((path) => `  ${path}\n`).join('') ?? '';
      output.err(`${template?.about ?? ''}\nTo be confirmed:\n${places}`);
      return exitCodes.done;
    }
    case 'list': {
      const entries = await sites.list();
      if (!entries.ok) return fail(entries.error);
      print(entries.value, libraryText(entries.value));
      return entries.value.every(({ profile }) => profile !== null) ? exitCodes.done : exitCodes.notAsItShould;
    }
    case 'show': {
      const stored = await library.read(command.id);
      if (!stored.ok) return fail(stored.error);
      const { profile, faults } = stored.value;
      if (profile === null) return fail(profileInvalid(faults, command.id));
      output.out(profileText(profile));
      return exitCodes.done;
    }
    case 'check': {
      const checked = await readFile(command.file);
      if (!checked.ok) return fail(checked.error);
      const { profile, faults } = checked.value;
      print(checked.value, faults.length === 0 ? 'The profile is usable.\n' : faultsText(faults));
      return profile === null ? exitCodes.notAsItShould : exitCodes.done;
    }
    case 'export': {
      const saved = await sites.export({ id: command.id });
      if (!saved.ok) return fail(saved.error);
      print(saved.value, saved.value.path === null ? 'Not saved.\n' : `Saved to ${saved.value.path}.\n`);
      return exitCodes.done;
    }
    case 'diff': {
      const { left, right } = command;
      const differences = await sites.difference({ left, right });
      if (!differences.ok) return fail(differences.error);
      print(differences.value, differencesText(differences.value, left, right));
      return differences.value.length === 0 ? exitCodes.done : exitCodes.notAsItShould;
    }
  }
}

/** The commands that change the library: planned, shown, and applied as every change is. */
export async function changeLibrary(
  command: LibraryChange,
  client: Client,
  options: ChangeOptions,
  output: Output,
): Promise<ExitCode> {
  if (command.action === 'remove') {
    const { remove } = client.sites;
    return await carryOutChange(
      client,
      { ...remove, plan: async () => await remove.plan({ id: command.id }) },
      options,
      output,
    );
  }
  const checked = await readFile(command.file);
  const fail = (why: Failure): ExitCode => {
    printFailure(why, { json: options.json, plan: null }, output);
    return exitCodeOf(why.code);
  };
  if (!checked.ok) return fail(checked.error);
  const { profile, faults } = checked.value;
  if (profile === null) {
    if (!options.json) output.err(faultsText(faults));
    return fail(profileInvalid(faults, command.file));
  }
  const { save } = client.sites;
  const input = { id: command.replace ?? null, profile };
  return await carryOutChange(client, { ...save, plan: async () => await save.plan(input) }, options, output);
}

async function readFile(path: string): Promise<Result<CheckedProfile>> {
  const bytes = await readNamedFile(path, largestProfile);
  return bytes.ok ? succeed(readProfile(bytes.value)) : bytes;
}

const plain = (text: string) => shownText(text, 400);

function libraryText(entries: readonly SiteEntry[]): string {
  if (entries.length === 0) return 'No site is kept: "mortise profile import FILE" keeps one.\n';
  const lines = entries.flatMap(({ id, profile, faults, lastSeen }) => [
    profile === null
      ? `${id}  DAMAGED`
      : `${id}  ${plain(profile.name)}, ${plain(addressText(profile.endpoint))}, database ${plain(profile.endpoint.database)}`,
    ...faults.map((fault) => `  ${faultText(fault)}`),
    lastSeen === null
      ? '  not seen yet'
      : `  last seen ${lastSeen.at}: commissioning ${plain(lastSeen.commissioning)}, ${lastSeen.controllers} controllers, ${lastSeen.drift} differences`,
  ]);
  return `${lines.join('\n')}\n`;
}

const faultText = ({ path, sentence }: ProfileFault) => (path === '' ? sentence : `${path}: ${sentence}`);
const faultsText = (faults: readonly ProfileFault[]) => faults.map((fault) => `${faultText(fault)}\n`).join('');

const side = (id: string, value: string | null) => `  ${id}: ${value === null ? 'not there' : plain(value)}\n`;

function differencesText(differences: readonly ProfileDifference[], left: string, right: string): string {
  if (differences.length === 0) return 'The two profiles say the same.\n';
  return differences.map((each) => `${each.path}\n${side(left, each.left)}${side(right, each.right)}`).join('');
}
