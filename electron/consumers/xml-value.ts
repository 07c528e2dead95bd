import { isRefusal } from './located-value.ts';
import type { Refusal, ValueFormat } from './located-value.ts';
import { canStandInXml, escapeAttribute, locateElements } from './xml-attribute.ts';
import type { LocatedAttribute, LocatedElement } from './xml-attribute.ts';

type Find = (elements: readonly LocatedElement[]) => LocatedAttribute | Refusal;

const asFormat = (find: Find, shownFrom: (found: LocatedAttribute, text: string) => number): ValueFormat => ({
  locate: (text) => {
    const elements = locateElements(text);
    if (typeof elements === 'string') return { why: `it is not well-formed XML (${elements})` };
    const found = find(elements);
    if (isRefusal(found)) return found;
    const { value, offsets, end } = found;
    return { value, offsets, shown: { start: shownFrom(found, text), end: end + 1 } };
  },
  written: (part) =>
    canStandInXml(part)
      ? escapeAttribute(part)
      : { why: 'the new password has a character that an XML file cannot hold' },
});

/** The sections of .NET configuration files can be encrypted, or stand in another file (ASP.NET protected configuration). */
function protectedOrElsewhere(elements: readonly LocatedElement[], section: string, what: string): Refusal | undefined {
  const tags = elements.filter(({ path }) => path === section);
  if (
    tags.some(({ attributes }) => attributes.has('configProtectionProvider')) ||
    elements.some(({ path }) => path === `${section}/EncryptedData`)
  )
    return { why: `its ${what} are encrypted; the tool that encrypted them has to change them` };
  const elsewhere = tags
    .map(({ attributes }) => attributes.get('configSource')?.value)
    .find((value) => value !== undefined);
  return elsewhere === undefined ? undefined : { why: `its ${what} stand in another file, ${elsewhere}` };
}

/** `<connectionStrings><add name="..." connectionString="..."/>`, found as .NET does: without regard to case. */
export function connectionStringNamed(name: string): ValueFormat {
  const section = 'configuration/connectionStrings';
  const find: Find = (elements) => {
    const refusal = protectedOrElsewhere(elements, section, 'connection strings');
    if (refusal !== undefined) return refusal;
    const named = elements.filter(
      ({ path, attributes }) =>
        path === `${section}/add` && attributes.get('name')?.value.toLowerCase() === name.toLowerCase(),
    );
    if (named.length > 1) return { why: `it has more than one connection string ${name}` };
    return named[0]?.attributes.get('connectionString') ?? { why: `it has no connection string ${name}` };
  };
  return asFormat(find, ({ element }) => element);
}

/** What leads to an attribute: names from the root down, the last with what tells it from its neighbours. */
interface AttributePlace {
  readonly path: string;
  readonly among: { readonly attribute: string; readonly value: string } | null;
  readonly attribute: string;
}

const placePattern =
  /^\/?((?:[^/@[\]\s]+\/)*[^/@[\]\s]+)(?:\[@([^\s=\]]+)=(?:'([^']*)'|"([^"]*)")\])?\/@([^/@[\]\s]+)$/u;

/** `configuration/appSettings/add[@key='DbPassword']/@value`; undefined for a text that leads to no attribute. */
export function parseAttributePlace(text: string): AttributePlace | undefined {
  const [, path, key, single, double, attribute] = placePattern.exec(text) ?? [];
  if (path === undefined || attribute === undefined) return undefined;
  return { path, attribute, among: key === undefined ? null : { attribute: key, value: single ?? double ?? '' } };
}

/** One attribute anywhere in an XML file, as the start of an XPath names it. */
export function attributeAt(place: string): ValueFormat {
  const parsed = parseAttributePlace(place);
  const find: Find = (elements) => {
    if (parsed === undefined) return { why: `${place} leads to no attribute` };
    const { path, among, attribute } = parsed;
    for (const section of ancestorsOf(path)) {
      const refusal = protectedOrElsewhere(elements, section, 'settings');
      if (refusal !== undefined) return refusal;
    }
    const found = elements.filter(
      (each) =>
        each.path === path &&
        (among === null || each.attributes.get(among.attribute)?.value.toLowerCase() === among.value.toLowerCase()),
    );
    if (found.length > 1) return { why: `it has ${place} more than once` };
    return found[0]?.attributes.get(attribute) ?? { why: `it has no ${place}` };
  };
  // The attributes before it in the same tag may hold other secrets.
  return asFormat(find, ({ start }, text) => text.lastIndexOf(parsed?.attribute ?? '', start));
}

const ancestorsOf = (path: string): readonly string[] =>
  path.split('/').map((_name, index, names) => names.slice(0, index + 1).join('/'));
