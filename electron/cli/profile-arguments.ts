import { siteIdSchema, templateIds } from '#shared/sites.ts';

/** What is done with profiles and with the library of sites. */
export type ProfileCommand =
  | { readonly name: 'profile'; readonly action: 'list' | 'schema' }
  | { readonly name: 'profile'; readonly action: 'show' | 'export'; readonly id: string }
  | { readonly name: 'profile'; readonly action: 'remove'; readonly id: string }
  | { readonly name: 'profile'; readonly action: 'check'; readonly file: string }
  /** A new site, or with `replace` another profile of one that is there. */
  | {
      readonly name: 'profile';
      readonly action: 'import';
      readonly file: string;
      readonly replace: string | undefined;
    }
  | { readonly name: 'profile'; readonly action: 'new'; readonly template: (typeof templateIds)[number] }
  | { readonly name: 'profile'; readonly action: 'diff'; readonly left: string; readonly right: string };

export const profileOptions = { template: { type: 'string' }, replace: { type: 'string' } } as const;

export interface ProfileValues {
  readonly template?: string | undefined;
  readonly replace?: string | undefined;
  readonly site?: string | undefined;
  readonly profile?: string | undefined;
  readonly port?: string | undefined;
}

const isId = (text: string) => siteIdSchema.safeParse(text).success;
const noId = (text: string) => `"${text}" is no id of a site: "mortise profile list" shows them.`;

/** How many words each action takes after it, and what they are. */
const actions = {
  list: [],
  schema: [],
  new: [],
  show: ['the id of a site'],
  export: ['the id of a site'],
  remove: ['the id of a site'],
  check: ['a file'],
  import: ['a file'],
  diff: ['two sites', 'two sites'],
} as const;
type Action = keyof typeof actions;

const isAction = (word: string | undefined): word is Action => word !== undefined && Object.hasOwn(actions, word);

/** The command, or the sentence that says what is wrong with it. `words` are those after `profile`. */
export function readProfileCommand(
  [action, ...words]: readonly string[],
  values: ProfileValues,
): ProfileCommand | string {
  if (!isAction(action)) return `"profile" wants ${Object.keys(actions).join(', ')}.`;
  const wanted = actions[action];
  if (words.length < wanted.length) return `"profile ${action}" wants ${wanted[0]}.`;
  if (words.length > wanted.length) return `"${words.slice(wanted.length).join(' ')}" is too much.`;
  const [first = '', second = ''] = words;
  switch (action) {
    case 'list':
    case 'schema':
      return { name: 'profile', action };
    case 'new': {
      const template = templateIds.find((each) => each === values.template);
      return template === undefined
        ? `"profile new" wants --template with ${templateIds.join(', ')}.`
        : { name: 'profile', action, template };
    }
    case 'check':
      return { name: 'profile', action, file: first };
    case 'import':
      return values.replace !== undefined && !isId(values.replace)
        ? noId(values.replace)
        : { name: 'profile', action, file: first, replace: values.replace };
    case 'diff': {
      const unfit = [first, second].find((each) => !isId(each));
      return unfit === undefined ? { name: 'profile', action, left: first, right: second } : noId(unfit);
    }
    case 'show':
    case 'export':
    case 'remove':
      return isId(first) ? { name: 'profile', action, id: first } : noId(first);
  }
}

/** Options of profiles given where nobody looks at them, or that contradict each other. */
export function misplacedProfileOption(
  command: { readonly name: string; readonly action?: string },
  { template, replace, site, profile, port }: ProfileValues,
): string | undefined {
  if (command.name === 'help') return undefined;
  if (template !== undefined && command.action !== 'new') return '--template belongs to "profile new" alone.';
  if (replace !== undefined && command.action !== 'import') return '--replace belongs to "profile import" alone.';
  if (site !== undefined && !isId(site)) return noId(site);
  if (site !== undefined && profile !== undefined)
    return '--site and --profile each name a site to open: give one of them.';
  const opened = site === undefined ? '--profile' : '--site';
  if (port !== undefined && command.name !== 'discover' && (site ?? profile) !== undefined)
    return `--port is that of the training site, and ${opened} opens another one: leave one of them out.`;
  return undefined;
}

export type LibraryChange = Extract<ProfileCommand, { readonly action: 'import' | 'remove' }>;

/** Whether a command changes the library; every other one needs no site: it reads the library, a file, or nothing. */
export const changesLibrary = (command: ProfileCommand): command is LibraryChange =>
  command.action === 'import' || command.action === 'remove';
