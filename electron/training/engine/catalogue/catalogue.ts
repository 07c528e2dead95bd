import { registerFunctions, registerProcedures, registerTableFunctions, registerViews } from '../registry.ts';
import { backupViews } from './backups.ts';
import { compatibilityViews } from './compatibility.ts';
import { constraintViews } from './constraints.ts';
import { databaseFunctions } from './database-functions.ts';
import { databaseViews } from './databases.ts';
import { globalFunctions } from './globals.ts';
import { informationSchemaViews } from './information-schema.ts';
import { instanceViews } from './instance.ts';
import { loginPropertyFunctions } from './login-properties.ts';
import { moduleViews } from './modules.ts';
import { objectFunctions } from './object-functions.ts';
import { objectViews } from './objects.ts';
import { permissionFunctions } from './permission-functions.ts';
import { permissionViews } from './permissions.ts';
import { planFunctions, planViews } from './plans.ts';
import { principalFunctions } from './principal-functions.ts';
import { principalViews } from './principals.ts';
import { catalogueProcedures } from './procedures.ts';
import { serverPropertyFunctions } from './server-properties.ts';
import { sessionViews } from './sessions.ts';
import { columnViews } from './table-columns.ts';
import { triggerViews } from './triggers.ts';

/** The catalogue: system views, and the functions and procedures that go with them, all of them views over the model. */
export function registerCatalogue(): void {
  registerViews([
    ...databaseViews,
    ...objectViews,
    ...triggerViews,
    ...moduleViews,
    ...columnViews,
    ...constraintViews,
    ...principalViews,
    ...permissionViews,
    ...sessionViews,
    ...planViews,
    ...instanceViews,
    ...informationSchemaViews,
    ...backupViews,
    ...compatibilityViews,
  ]);
  registerFunctions([
    ...globalFunctions,
    ...serverPropertyFunctions,
    ...databaseFunctions,
    ...objectFunctions,
    ...loginPropertyFunctions,
    ...principalFunctions,
    ...permissionFunctions,
  ]);
  registerTableFunctions(planFunctions);
  registerProcedures(catalogueProcedures);
}
