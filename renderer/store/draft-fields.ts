/** Whether a path is another one, or lies in it. */
export const isUnder = (path: string, other: string): boolean => path === other || path.startsWith(`${other}.`);

/** The fields of the assistant, by the path of the profile that each fills in: what a person confirms in one go. */
export const draftFields = [
  'name',
  'endpoint.host',
  'endpoint.transport',
  'endpoint.trust',
  'endpoint.database',
  'controllerTable.schema',
  'controllerTable.table',
  'controllerTable.key',
  'controllerTable.identifying',
  'controllerTable.serial',
  'controllerTable.displayName',
  'controllerTable.address',
  'controllerTable.model',
  'controllerTable.lastSeen',
  'controllerTable.heartbeatSeconds',
  'controllerTable.unsupportedModels',
  'controllerTable.guardUpdates',
  'runLogin',
  'serviceLogins',
  'services',
  'consumers',
] as const;
export type DraftFieldPath = (typeof draftFields)[number];

/** Paths as a template names them, wide or deep, as the fields that they concern. */
export const fieldsAtPaths = (paths: readonly string[]): readonly DraftFieldPath[] =>
  draftFields.filter((field) => paths.some((path) => isUnder(field, path) || isUnder(path, field)));
