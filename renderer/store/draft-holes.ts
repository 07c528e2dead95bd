import type { DraftFieldPath } from './draft-fields.ts';
import type { SiteDraft } from './site-draft.ts';

/** What a field says, as texts of which none may be empty; fields that may be empty say nothing. */
function textsOf(draft: SiteDraft, field: DraftFieldPath): readonly string[] {
  const { table } = draft;
  switch (field) {
    case 'name':
      return [draft.name];
    case 'endpoint.host':
      return [draft.host];
    case 'endpoint.transport':
      return [{ tcp: draft.port, instance: draft.instance, pipe: draft.pipe }[draft.transport]];
    case 'endpoint.trust':
      return [draft.trust ?? '', ...(draft.trust === 'own-ca' ? [draft.ca] : [])];
    case 'endpoint.database':
      return [draft.database];
    case 'controllerTable.schema':
      return [table.schema];
    case 'controllerTable.table':
      return [table.table];
    case 'controllerTable.key':
      return [table.key.column, table.key.type];
    case 'controllerTable.identifying':
      return table.identifying.length === 0 ? [''] : table.identifying.flatMap(({ column, type }) => [column, type]);
    case 'controllerTable.serial':
      return [table.serial];
    case 'controllerTable.heartbeatSeconds':
      return [table.heartbeatSeconds];
    case 'runLogin':
      return [draft.runLogin];
    case 'serviceLogins':
      return draft.serviceLogins.map(({ login }) => login);
    case 'services':
      return draft.services;
    case 'consumers':
      return draft.consumers.flatMap(({ id, path, connectionString, login, other }) =>
        other === null ? [id, path, connectionString, login] : [id, login],
      );
    case 'controllerTable.displayName':
    case 'controllerTable.address':
    case 'controllerTable.model':
    case 'controllerTable.lastSeen':
    case 'controllerTable.unsupportedModels':
    case 'controllerTable.guardUpdates':
      return [];
  }
}

/** Whether something is still missing at a field: a hole cannot be confirmed, only filled in. */
export const isHole = (draft: SiteDraft, field: DraftFieldPath): boolean =>
  textsOf(draft, field).some((text) => text.trim() === '');
