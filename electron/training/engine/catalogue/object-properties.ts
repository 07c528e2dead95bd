import type { DatabaseModel, TableModel } from '../model.ts';
import type { Surroundings } from '../registry.ts';
import { objectById, triggersOf } from '../storage/names.ts';
import { sameName } from '../values/collation.ts';
import { maxLength, precision, scale } from './column-facts.ts';
import type { CatalogueObject } from './objects.ts';

/** What OBJECTPROPERTY and COLUMNPROPERTY answer. */

/** https://learn.microsoft.com/sql/t-sql/functions/objectproperty-transact-sql; undefined where no property has the name. */
export function objectProperty(
  object: CatalogueObject,
  property: string,
  surroundings: Surroundings,
): number | null | undefined {
  const { database } = surroundings;
  const model = objectById(database, object.objectId);
  const is = (code: string): number => Number(object.code === code);
  switch (property.trimEnd().toUpperCase()) {
    case 'ISTABLE':
    case 'ISUSERTABLE':
      return is('U');
    case 'ISVIEW':
      return is('V');
    case 'ISPROCEDURE':
      return is('P');
    case 'ISTRIGGER':
      return is('TR');
    case 'ISINLINEFUNCTION':
    case 'ISTABLEFUNCTION':
      return is('IF');
    case 'ISPRIMARYKEY':
      return is('PK');
    case 'ISUNIQUECNST':
      return is('UQ');
    case 'ISFOREIGNKEY':
      return is('F');
    case 'ISCHECKCNST':
      return is('C');
    case 'ISDEFAULTCNST':
      return is('D');
    case 'ISCONSTRAINT':
      return Number(['PK', 'UQ', 'F', 'C', 'D'].includes(object.code));
    case 'ISMSSHIPPED':
    case 'ISENCRYPTED':
    case 'ISSCHEMABOUND':
      return 0;
    case 'OWNERID':
      return database.schemas.find((schema) => schema.schemaId === object.schemaId)?.ownerId ?? null;
    case 'SCHEMAID':
      return object.schemaId;
    case 'EXECISTRIGGERDISABLED':
      return model?.kind === 'trigger' ? Number(model.disabled) : null;
    case 'EXECISINSTEADOFTRIGGER':
      return model?.kind === 'trigger' ? Number(model.insteadOf) : null;
    case 'EXECISAFTERTRIGGER':
      return model?.kind === 'trigger' ? Number(!model.insteadOf) : null;
    default:
      return model?.kind === 'table' ? tableProperty(model, property, database) : undefined;
  }
}

function tableProperty(table: TableModel, property: string, database: DatabaseModel): number | undefined {
  const triggersFor = (event: 'INSERT' | 'UPDATE' | 'DELETE'): number =>
    triggersOf(database, table.objectId).filter((trigger) => trigger.events.includes(event)).length;
  switch (property.trimEnd().toUpperCase()) {
    case 'TABLEHASPRIMARYKEY':
      return Number(table.keys.some((key) => key.kind === 'primary-key'));
    case 'TABLEHASIDENTITY':
      return Number(table.columns.some((column) => column.identity !== undefined));
    case 'TABLEHASFOREIGNKEY':
      return Number(table.foreignKeys.length > 0);
    case 'TABLEHASINSERTTRIGGER':
      return Number(triggersFor('INSERT') > 0);
    case 'TABLEHASUPDATETRIGGER':
      return Number(triggersFor('UPDATE') > 0);
    case 'TABLEHASDELETETRIGGER':
      return Number(triggersFor('DELETE') > 0);
    case 'TABLEINSERTTRIGGERCOUNT':
      return triggersFor('INSERT');
    case 'TABLEUPDATETRIGGERCOUNT':
      return triggersFor('UPDATE');
    case 'TABLEDELETETRIGGERCOUNT':
      return triggersFor('DELETE');
    default:
      return undefined;
  }
}

/** https://learn.microsoft.com/sql/t-sql/functions/columnproperty-transact-sql */
export function columnProperty(table: TableModel, name: string, property: string): number | null {
  const column = table.columns.find((one) => sameName(one.name, name));
  if (column === undefined) return null;
  switch (property.trimEnd().toUpperCase()) {
    case 'ALLOWSNULL':
      return Number(column.nullable);
    case 'COLUMNID':
      return column.columnId;
    case 'ISIDENTITY':
      return Number(column.identity !== undefined);
    case 'ISCOMPUTED':
    case 'ISROWGUIDCOL':
    case 'ISSPARSE':
    case 'ISHIDDEN':
      return 0;
    case 'PRECISION':
      return precision(column.type) || maxLength(column.type);
    case 'SCALE':
      return scale(column.type);
    default:
      return null;
  }
}
