import { locateElements } from '../xml-attribute.ts';
import type { LocatedElement } from '../xml-attribute.ts';
import { attributeAt, connectionStringNamed } from '../xml-value.ts';
import { isLoginName, isPasswordName, looksLikeConnectionString } from './found-value.ts';
import type { FoundOpaque, FoundValue } from './found-value.ts';

/** What tells an element from its neighbours, as .NET names the entries of its sections. */
const naming = ['key', 'name', 'id'] as const;

function placeOf({ path, attributes }: LocatedElement, attribute: string): string {
  const by = naming.find((each) => each !== attribute && attributes.has(each));
  const value = by === undefined ? '' : (attributes.get(by)?.value ?? '');
  if (by === undefined || value.includes("'")) return `${path}/@${attribute}`;
  return `${path}[@${by}='${value}']/@${attribute}`;
}

/** What an attribute is called: `value` alone says nothing, so the entry's name stands for it. */
function nameOf({ attributes }: LocatedElement, attribute: string): string {
  if (attribute.toLowerCase() !== 'value') return attribute;
  return naming.map((each) => attributes.get(each)?.value).find((value) => value !== undefined) ?? attribute;
}

interface Named {
  readonly element: LocatedElement;
  readonly attribute: string;
  readonly name: string;
}

/** The login beside a password: in the same element, else in a neighbour of the same kind. */
function loginBeside(all: readonly Named[], { element }: Named): Named | undefined {
  const logins = all.filter(({ name, element: at }) => isLoginName(name) && at.path === element.path);
  const own = logins.find(({ element: at }) => at === element);
  return own ?? (logins.length === 1 ? logins[0] : undefined);
}

export function foundInXml(text: string): readonly (FoundValue | FoundOpaque)[] {
  const elements = locateElements(text);
  if (typeof elements === 'string') return [];
  const all = elements.flatMap((element): Named[] =>
    Array.from(element.attributes.keys(), (attribute) => ({ element, attribute, name: nameOf(element, attribute) })),
  );
  return all.flatMap((named): (FoundValue | FoundOpaque)[] => {
    const { element, attribute, name } = named;
    const located = element.attributes.get(attribute);
    if (located === undefined) return [];
    const at = located.start;
    if (attribute === 'configProtectionProvider')
      return [{ kind: 'xml-config', at, why: 'This section is encrypted: describe it as a command or a person.' }];
    const entry = element.attributes.get('name')?.value;
    const isEntry = element.path === 'configuration/connectionStrings/add' && attribute === 'connectionString';
    if (isEntry && entry !== undefined && !isWithoutPassword(located.value))
      return [
        {
          kind: 'xml-config',
          at,
          name: entry,
          holds: 'connection-string',
          format: connectionStringNamed(entry),
          loginFormat: null,
          described: { kind: 'xml-config', connectionString: entry },
        },
      ];
    const holds = looksLikeConnectionString(located.value) ? 'connection-string' : 'password';
    if (holds === 'password' && !(isPasswordName(name) && located.value !== '')) return [];
    const place = placeOf(element, attribute);
    const beside = holds === 'password' ? loginBeside(all, named) : undefined;
    const loginAttribute = beside === undefined ? null : placeOf(beside.element, beside.attribute);
    return [
      {
        kind: 'xml-attribute',
        at,
        name,
        holds,
        format: attributeAt(place),
        loginFormat: loginAttribute === null ? null : attributeAt(loginAttribute),
        described: { kind: 'xml-attribute', attribute: place, holds, loginAttribute },
      },
    ];
  });
}

/** One that logs in as the account of the service, or that stands elsewhere. */
const isWithoutPassword = (value: string) =>
  value === '' || (/(?:^|;)\s*[\w ]+=/.test(value) && !looksLikeConnectionString(value));
