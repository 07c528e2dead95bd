import { serverAddressSchema, transportSchema } from '#shared/site-profile.ts';
import type { TableCandidate } from '#shared/sites.ts';
import { answerOf, notAsked } from './asked.ts';
import type { Assistant } from './assistant-state.ts';
import { edit, withAssistant } from './assistant.ts';
import type { DraftFieldPath } from './draft-fields.ts';
import type { SetupLogin } from './change-request.ts';
import type { Session } from './session.ts';
import { answered } from './session.ts';
import { addressOf, profileTextOf } from './site-draft.ts';
import type { DraftTable, SiteDraft } from './site-draft.ts';
import { tableDraftOf } from './site-draft-reading.ts';

const asking = () => ({ state: 'asking' as const });

/** Whether host and way are whole enough to be looked at. */
export function canLook(draft: SiteDraft): boolean {
  return draft.host.trim() !== '' && transportSchema.safeParse(addressOf(draft).transport).success;
}

/** The server's address as it can be logged in to; null while something of it is missing, its trust included. */
export function wholeAddress(draft: SiteDraft) {
  const parsed = serverAddressSchema.safeParse(addressOf(draft));
  return parsed.success ? parsed.data : null;
}

/** Asks the server what it shows before anybody logs in. */
export async function look(session: Session): Promise<void> {
  const { assistant } = session.store.getState();
  if (!assistant) return;
  const transport = transportSchema.safeParse(addressOf(assistant.draft).transport);
  if (!transport.success) return;
  const greeting = asking();
  withAssistant(session, () => ({ greeting }));
  const host = assistant.draft.host.trim();
  const answer = await answered(session.client.sites.greet({ host, transport: transport.data }));
  withAssistant(session, (now) => (now.greeting === greeting ? { greeting: answerOf(answer) } : {}));
}

/** Takes another server: what the former one showed says nothing of it. */
export function editServer(session: Session, change: Partial<SiteDraft>, ...fields: readonly DraftFieldPath[]): void {
  edit(session, change, ...fields);
  withAssistant(session, (now) => ({
    greeting: notAsked,
    server: notAsked,
    tables: notAsked,
    draft: now.draft.trust === 'pinned' ? { ...now.draft, trust: null, pinned: '' } : now.draft,
  }));
}

type Login = Exclude<SetupLogin, null>;

/**
 * Reads which server it is and its databases, as a login that is handed on in this one call and kept nowhere. Where the
 * profile names one of the databases already, its tables are read too.
 */
export async function readServer(session: Session, setup: Login): Promise<void> {
  const address = addressNow(session);
  if (address === null) return;
  const server = asking();
  withAssistant(session, () => ({ server, tables: notAsked, setupLogin: setup.login }));
  const answer = await answered(session.client.sites.discover({ address, database: null, setup }));
  withAssistant(session, (now) => (now.server === server ? { server: answerOf(answer) } : {}));
  const named = session.store.getState().assistant?.draft.database;
  const isThere = answer.ok && answer.value.databases.some(({ name, accessible }) => name === named && accessible);
  if (isThere && named !== undefined) await readTables(session, setup, named);
}

/** Reads the tables of one database, as a login that is handed on in this one call and kept nowhere. */
export async function readTables(session: Session, setup: Login, database: string): Promise<void> {
  const address = addressNow(session);
  if (address === null) return;
  const tables = asking();
  withAssistant(session, () => ({ tables }));
  const answer = await answered(session.client.sites.discover({ address, database, setup }));
  withAssistant(session, (now) => (now.tables === tables ? { tables: answerOf(answer) } : {}));
}

function addressNow({ store }: Session) {
  const { assistant } = store.getState();
  return assistant ? wholeAddress(assistant.draft) : null;
}

/** Has main judge the profile as it stands; every fault at once. */
export async function checkDraft(session: Session, draft: SiteDraft): Promise<void> {
  const answer = await answered(session.client.sites.check({ text: profileTextOf(draft) }));
  withAssistant(session, (now) => (now.draft === draft ? { checked: answerOf(answer) } : {}));
}

/** What the server only guesses of a table: each role is confirmed by a person. */
const guessed = [
  'controllerTable.key',
  'controllerTable.identifying',
  'controllerTable.serial',
  'controllerTable.displayName',
  'controllerTable.address',
  'controllerTable.model',
  'controllerTable.lastSeen',
] as const satisfies readonly DraftFieldPath[];

/** Takes a table that the server offers. What a template knew better than a guess stays. */
export function chooseTable(session: Session, candidate: TableCandidate): void {
  withAssistant(session, (now) => {
    const found = tableDraftOf(candidate.draft);
    const before = now.draft.table;
    const table: DraftTable = {
      ...found,
      schema: candidate.schema,
      table: candidate.table,
      heartbeatSeconds: before.heartbeatSeconds === '' ? found.heartbeatSeconds : before.heartbeatSeconds,
      unsupportedModels: found.unsupportedModels.length === 0 ? before.unsupportedModels : found.unsupportedModels,
      guardUpdates: before.guardUpdates,
    };
    const kept = now.toConfirm.filter((field) => !field.startsWith('controllerTable.'));
    return {
      draft: { ...now.draft, table },
      toConfirm: [...kept, ...guessed],
      saved: false,
    };
  });
}

/** The columns of the chosen table, where the server told them. */
export function knownColumns({ tables, draft }: Assistant): TableCandidate['columns'] | null {
  if (tables.state !== 'answered') return null;
  const { schema, table } = draft.table;
  return tables.value.candidates.find((each) => each.schema === schema && each.table === table)?.columns ?? null;
}
