import { isLoopback } from './loopback.ts';
import { shownText } from './shown-text.ts';

/** Two parts of a profile that do not agree with each other. */
export interface Disagreement {
  readonly code: 'duplicate' | 'contradiction';
  readonly path: readonly (string | number)[];
  readonly sentence: string;
}

const part = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);
/** A text that says something; what is missing or of another kind disagrees with nothing. */
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const quoted = (text: string) => `"${shownText(text)}"`;

/**
 * What stands twice, what is named but not described, what contradicts itself. Takes any JSON, so that these are told
 * beside the faults of the shape, and says nothing of parts that are missing or of the wrong kind.
 */
export function disagreementsOf(profile: unknown): readonly Disagreement[] {
  return [
    ...twice(profile),
    ...loginsAndConsumers(profile),
    ...ownLogin(profile),
    ...controllerTable(part(profile, 'controllerTable')),
    ...trust(part(profile, 'endpoint')),
  ];
}

function* repeated(names: readonly unknown[]): Generator<readonly [number, string]> {
  const seen = new Set<string>();
  for (const [index, value] of names.entries()) {
    const name = textOf(value);
    if (name === undefined) continue;
    if (seen.has(name)) yield [index, name];
    seen.add(name);
  }
}

const named = (profile: unknown, list: string, key: string) =>
  listOf(part(profile, list)).map((each) => part(each, key));

function* twice(profile: unknown): Generator<Disagreement> {
  const lists = [
    ['services', 'name', 'service'],
    ['consumers', 'id', 'consumer'],
    ['serviceLogins', 'login', 'login'],
  ] as const;
  for (const [list, key, what] of lists)
    for (const [index, name] of repeated(named(profile, list, key)))
      yield {
        code: 'duplicate',
        path: [list, index, key],
        sentence: `The ${what} ${quoted(name)} stands in this list twice: take one out, or give it its own name.`,
      };
  for (const [index, login] of listOf(part(profile, 'serviceLogins')).entries())
    for (const list of ['services', 'consumers'])
      for (const [at, name] of repeated(listOf(part(login, list))))
        yield {
          code: 'duplicate',
          path: ['serviceLogins', index, list, at],
          sentence: `${quoted(name)} stands in this list twice: take one out.`,
        };
}

function* loginsAndConsumers(profile: unknown): Generator<Disagreement> {
  const services = named(profile, 'services', 'name');
  const consumers = listOf(part(profile, 'consumers'));
  const logins = listOf(part(profile, 'serviceLogins'));
  for (const [index, described] of logins.entries()) {
    const login = textOf(part(described, 'login'));
    for (const [at, value] of listOf(part(described, 'services')).entries()) {
      const name = textOf(value);
      if (name !== undefined && !services.includes(name))
        yield {
          code: 'contradiction',
          path: ['serviceLogins', index, 'services', at],
          sentence: `There is no service ${quoted(name)} in this profile: describe it in "services", or write one that stands there.`,
        };
    }
    for (const [at, value] of listOf(part(described, 'consumers')).entries()) {
      const id = textOf(value);
      if (id === undefined) continue;
      const path = ['serviceLogins', index, 'consumers', at];
      const consumer = consumers.find((each) => part(each, 'id') === id);
      const owner = textOf(part(consumer, 'login'));
      if (consumer === undefined)
        yield {
          code: 'contradiction',
          path,
          sentence: `There is no consumer ${quoted(id)} in this profile: describe it in "consumers", or write one that stands there.`,
        };
      else if (owner !== undefined && login !== undefined && owner !== login)
        yield {
          code: 'contradiction',
          path,
          sentence: `The consumer ${quoted(id)} holds the password of ${quoted(owner)}, not that of ${quoted(login)}: correct one of the two.`,
        };
    }
  }
  for (const [index, consumer] of consumers.entries()) {
    const id = textOf(part(consumer, 'id'));
    const login = textOf(part(consumer, 'login'));
    if (id === undefined || login === undefined) continue;
    // A copy that the login does not know of would keep the old password when the login is rotated.
    if (!logins.some((each) => listOf(part(each, 'consumers')).includes(id)))
      yield {
        code: 'contradiction',
        path: ['consumers', index, 'id'],
        sentence: `No login names the consumer ${quoted(id)}: write it into "consumers" of ${quoted(login)} in "serviceLogins", or a new password would not reach it.`,
      };
  }
}

function* ownLogin(profile: unknown): Generator<Disagreement> {
  const own = textOf(part(profile, 'runLogin'));
  const index = own === undefined ? -1 : named(profile, 'serviceLogins', 'login').indexOf(own);
  if (own !== undefined && index !== -1)
    yield {
      code: 'contradiction',
      path: ['serviceLogins', index, 'login'],
      sentence: `${quoted(own)} is Mortise's own login ("runLogin"), which no service may use: write the service's login, or give Mortise one of its own.`,
    };
}

function* controllerTable(table: unknown): Generator<Disagreement> {
  const column = (value: unknown) => textOf(part(value, 'column'));
  const key = column(part(table, 'key'));
  const identifying = listOf(part(table, 'identifying')).map(column);
  const identity = [key, ...identifying];
  for (const [index, name] of repeated(identity))
    yield {
      code: 'duplicate',
      path: ['controllerTable', 'identifying', index - 1, 'column'],
      sentence: `The column ${quoted(name)} is the key or stands in this list already: take it out.`,
    };
  const serial = textOf(part(table, 'serial'));
  if (serial !== undefined && key !== undefined && !identity.includes(serial))
    yield {
      code: 'contradiction',
      path: ['controllerTable', 'serial'],
      sentence: 'The serial number is neither the key nor one of the identifying columns: write it into "identifying".',
    };
  const lastSeen = column(part(table, 'lastSeen'));
  if (lastSeen !== undefined && identity.includes(lastSeen))
    yield {
      code: 'contradiction',
      path: ['controllerTable', 'lastSeen', 'column'],
      sentence: `${quoted(lastSeen)} is an identifying column, and changes with every heartbeat: every heartbeat would be refused. Take it out of one of the two.`,
    };
  const unsupported = listOf(part(table, 'unsupportedModels'));
  for (const [index, name] of repeated(unsupported))
    yield {
      code: 'duplicate',
      path: ['controllerTable', 'unsupportedModels', index],
      sentence: `The model ${quoted(name)} stands in this list twice: take one out.`,
    };
  if (unsupported.length > 0 && part(table, 'model') === null)
    yield {
      code: 'contradiction',
      path: ['controllerTable', 'unsupportedModels'],
      sentence: 'Without a column in "model" no model can be told: write that column, or leave this list empty.',
    };
}

function* trust(endpoint: unknown): Generator<Disagreement> {
  const host = textOf(part(endpoint, 'host'));
  if (part(part(endpoint, 'trust'), 'kind') !== 'loopback-unverified' || host === undefined) return;
  const pipe = textOf(part(part(endpoint, 'transport'), 'pipe'));
  const elsewhere = pipe !== undefined && /^[\\/]{2}(?![.?][\\/])/.test(pipe) ? pipe : undefined;
  if (!isLoopback(host))
    yield { code: 'contradiction', path: ['endpoint', 'trust'], sentence: elsewhereText(quoted(host)) };
  else if (elsewhere !== undefined)
    yield { code: 'contradiction', path: ['endpoint', 'trust'], sentence: elsewhereText(quoted(elsewhere)) };
}

const elsewhereText = (where: string) =>
  `An unverified certificate is accepted on this machine only, and ${where} is another one: write the kind "ca" or "pinned".`;
