import type { DraftColumn, DraftTable, DraftTrust, SiteDraft } from './site-draft.ts';
import { emptyDraft, emptyTable } from './site-draft.ts';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
const textsOf = (value: unknown): readonly string[] =>
  listOf(value)
    .map(textOf)
    .filter((text) => text !== '');
const columnOf = (value: unknown): DraftColumn => {
  const { column, type } = fieldsOf(value);
  return { column: textOf(column), type: textOf(type) };
};

function trustOf(value: unknown): { readonly trust: DraftTrust | null; readonly ca: string; readonly pinned: string } {
  const { kind, certificate } = fieldsOf(value);
  const pem = textOf(certificate);
  switch (kind) {
    case 'ca':
      // Null stands for the machine's own CAs; an empty text is the hole in which a CA's certificate belongs.
      return { trust: typeof certificate === 'string' ? 'own-ca' : 'ca', ca: pem, pinned: '' };
    case 'pinned':
      return { trust: pem === '' ? null : 'pinned', ca: '', pinned: pem };
    case 'loopback-unverified':
      return { trust: 'loopback-unverified', ca: '', pinned: '' };
    default:
      return { trust: null, ca: '', pinned: '' };
  }
}

/** A controller table as a template or the server describes it, with holes. */
export function tableDraftOf(value: unknown): DraftTable {
  const fields = fieldsOf(value);
  const lastSeen = fieldsOf(fields['lastSeen']);
  const { timeBase } = lastSeen;
  return {
    schema: textOf(fields['schema']),
    table: textOf(fields['table']),
    key: columnOf(fields['key']),
    identifying: listOf(fields['identifying'])
      .map(columnOf)
      .filter(({ column }) => column !== ''),
    serial: textOf(fields['serial']),
    displayName: textOf(fields['displayName']),
    address: textOf(fields['address']),
    model: textOf(fields['model']),
    lastSeen: textOf(lastSeen['column']),
    timeBase: timeBase === 'utc' || timeBase === 'local' ? timeBase : '',
    heartbeatSeconds: textOf(fields['heartbeatSeconds']),
    unsupportedModels: textsOf(fields['unsupportedModels']),
    guardUpdates: typeof fields['guardUpdates'] === 'boolean' ? fields['guardUpdates'] : emptyTable.guardUpdates,
  };
}

/** A hole in place of a kind is one that the assistant fills in. */
const isOther = (kind: unknown) => textOf(kind) !== '' && kind !== 'xml-config';

/** Takes a profile, or a template's profile with holes, apart into what the assistant's fields show. Never fails. */
export function siteDraftOf(value: unknown): SiteDraft {
  const fields = fieldsOf(value);
  const endpoint = fieldsOf(fields['endpoint']);
  const transport = fieldsOf(endpoint['transport']);
  const { kind } = transport;
  return {
    ...emptyDraft,
    schemaLink: textOf(fields['$schema']),
    name: textOf(fields['name']),
    host: textOf(endpoint['host']),
    transport: kind === 'instance' || kind === 'pipe' ? kind : 'tcp',
    port: textOf(transport['port']),
    instance: textOf(transport['instance']),
    pipe: textOf(transport['pipe']),
    ...trustOf(endpoint['trust']),
    database: textOf(endpoint['database']),
    table: tableDraftOf(fields['controllerTable']),
    runLogin: textOf(fields['runLogin']),
    serviceLogins: listOf(fields['serviceLogins']).map((each) => {
      const { login, services } = fieldsOf(each);
      return { login: textOf(login), services: textsOf(services) };
    }),
    services: listOf(fields['services']).map((each) => textOf(fieldsOf(each)['name'])),
    consumers: listOf(fields['consumers']).map((each) => {
      const consumer = fieldsOf(each);
      return {
        id: textOf(consumer['id']),
        path: textOf(consumer['path']),
        connectionString: textOf(consumer['connectionString']),
        login: textOf(consumer['login']),
        other: isOther(consumer['kind']) ? consumer : null,
      };
    }),
  };
}
