import type { SiteProfile } from '#shared/site-profile.ts';

/** What a person chose to make a server's certificate good enough; `own-ca` is a CA whose certificate they gave. */
export type DraftTrust = 'ca' | 'own-ca' | 'pinned' | 'loopback-unverified';

export interface DraftColumn {
  readonly column: string;
  readonly type: string;
}

export interface DraftTable {
  readonly schema: string;
  readonly table: string;
  readonly key: DraftColumn;
  readonly identifying: readonly DraftColumn[];
  readonly serial: string;
  /** Empty where the table has no such column. */
  readonly displayName: string;
  readonly address: string;
  readonly model: string;
  readonly lastSeen: string;
  readonly timeBase: 'utc' | 'local' | '';
  readonly heartbeatSeconds: string;
  readonly unsupportedModels: readonly string[];
  readonly guardUpdates: boolean;
}

export interface DraftServiceLogin {
  readonly login: string;
  readonly services: readonly string[];
}

export interface DraftConsumer {
  readonly id: string;
  readonly path: string;
  readonly connectionString: string;
  readonly login: string;
  /** Of a kind that the assistant has no fields for: all that the profile says of it, kept as it is. */
  readonly other: Readonly<Record<string, unknown>> | null;
}

/** A site profile while it is written: every field as it is typed, holes as empty texts. Holds no password. */
export interface SiteDraft {
  readonly schemaLink: string;
  readonly name: string;
  readonly host: string;
  readonly transport: 'tcp' | 'instance' | 'pipe';
  readonly port: string;
  readonly instance: string;
  readonly pipe: string;
  readonly trust: DraftTrust | null;
  /** PEM of the CA, and of the certificate that is pinned. */
  readonly ca: string;
  readonly pinned: string;
  readonly database: string;
  readonly table: DraftTable;
  readonly runLogin: string;
  readonly serviceLogins: readonly DraftServiceLogin[];
  readonly services: readonly string[];
  readonly consumers: readonly DraftConsumer[];
}

export const emptyTable: DraftTable = {
  schema: '',
  table: '',
  key: { column: '', type: '' },
  identifying: [],
  serial: '',
  displayName: '',
  address: '',
  model: '',
  lastSeen: '',
  timeBase: '',
  heartbeatSeconds: '',
  unsupportedModels: [],
  guardUpdates: true,
};

export const emptyDraft: SiteDraft = {
  schemaLink: '',
  name: '',
  host: '',
  transport: 'tcp',
  port: '',
  instance: '',
  pipe: '',
  trust: null,
  ca: '',
  pinned: '',
  database: '',
  table: emptyTable,
  runLogin: '',
  serviceLogins: [],
  services: [],
  consumers: [],
};

/** A number as it was typed; what is none is left for main to find fault with, and a hole is left out. */
const numberOf = (text: string): number | string | undefined => {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return /^\d+(?:\.\d+)?$/u.test(trimmed) ? Number(trimmed) : trimmed;
};

const orNull = (text: string): string | null => (text === '' ? null : text);

function transportOf({ transport, port, instance, pipe }: SiteDraft): object {
  switch (transport) {
    case 'tcp':
      return { kind: 'tcp', port: numberOf(port) };
    case 'instance':
      return { kind: 'instance', instance };
    case 'pipe':
      return { kind: 'pipe', pipe };
  }
}

function trustOf({ trust, ca, pinned }: SiteDraft): object | undefined {
  switch (trust) {
    case null:
      return undefined;
    case 'ca':
      return { kind: 'ca', certificate: null };
    case 'own-ca':
      return { kind: 'ca', certificate: ca };
    case 'pinned':
      return { kind: 'pinned', certificate: pinned };
    case 'loopback-unverified':
      return { kind: 'loopback-unverified' };
  }
}

/** How the server is reached, as the draft says it; not judged. */
export const addressOf = (draft: SiteDraft) => ({
  host: draft.host.trim(),
  transport: transportOf(draft),
  trust: trustOf(draft),
});

/** The profile as it would be written down. Main judges it: nothing is mended or left out here but holes. */
export function profileTextOf(draft: SiteDraft): string {
  const { table } = draft;
  const profile: Record<keyof Omit<SiteProfile, '$schema'>, unknown> = {
    format: 1,
    name: draft.name,
    endpoint: { ...addressOf(draft), database: draft.database },
    controllerTable: {
      schema: table.schema,
      table: table.table,
      key: table.key,
      identifying: table.identifying,
      serial: table.serial,
      displayName: orNull(table.displayName),
      address: orNull(table.address),
      model: orNull(table.model),
      lastSeen:
        table.lastSeen === ''
          ? null
          : { column: table.lastSeen, timeBase: table.timeBase === '' ? undefined : table.timeBase },
      heartbeatSeconds: numberOf(table.heartbeatSeconds),
      unsupportedModels: table.unsupportedModels,
      guardUpdates: table.guardUpdates,
    },
    runLogin: draft.runLogin,
    serviceLogins: draft.serviceLogins.map(({ login, services }) => ({
      login,
      services: draft.services.filter((name) => services.includes(name)),
      consumers: draft.consumers.filter((consumer) => consumer.login === login).map(({ id }) => id),
    })),
    services: draft.services.map((name) => ({ name })),
    consumers: draft.consumers.map(({ other, ...consumer }) =>
      other === null ? { ...consumer, kind: 'xml-config' } : { ...other, id: consumer.id, login: consumer.login },
    ),
  };
  return JSON.stringify(draft.schemaLink === '' ? profile : { $schema: draft.schemaLink, ...profile }, undefined, 2);
}
