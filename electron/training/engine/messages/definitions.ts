import type { Template } from './template.ts';

/** Errors about databases, definitions, constraints, locks and transactions. */
export const definitionsMessages = {
  911: { severity: 16, text: "Database '%s' does not exist. Make sure that the name is entered correctly." },
  916: {
    severity: 14,
    text: 'The server principal "%s" is not able to access the database "%s" under the current security context.',
  },
  924: { severity: 14, text: "Database '%s' is already open and can only have one user at a time." },
  927: {
    severity: 14,
    text: "Database '%s' is in restricted state. Only the database owner and members of the dbcreator and sysadmin roles can access it.",
  },
  1013: {
    severity: 16,
    reach: 'scope',
    text: 'The objects "%s" and "%s" in the FROM clause have the same exposed names. Use correlation names to distinguish them.',
  },
  1033: {
    severity: 15,
    reach: 'scope',
    text: 'The ORDER BY clause is invalid in views, inline functions, derived tables, subqueries, and common table expressions, unless TOP, OFFSET or FOR XML is also specified.',
  },
  1038: {
    severity: 15,
    state: 5,
    reach: 'scope',
    text: 'An object or column name is missing or empty. For SELECT INTO statements, verify each column has a name. For other statements, look for empty alias names. Aliases defined as "" or [] are not allowed. Change the alias to a valid name.',
  },
  1060: {
    severity: 15,
    text: 'The number of rows provided for a TOP or FETCH clauses row count parameter must be an integer.',
  },
  1087: { severity: 15, state: 2, reach: 'scope', text: 'Must declare the table variable "%s".' },
  1088: {
    severity: 16,
    state: 7,
    text: 'Cannot find the object "%s" because it does not exist or you do not have permissions.',
  },
  1205: {
    severity: 13,
    state: 51,
    reach: 'transaction',
    text: 'Transaction (Process ID %s) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.',
  },
  1222: { severity: 16, state: 51, text: 'Lock request time out period exceeded.' },
  1223: {
    severity: 16,
    text: "Cannot release the application lock (Database Principal: '%s', Resource: '%s') because it is not currently held.",
  },
  1505: {
    severity: 16,
    text: "The CREATE UNIQUE INDEX statement terminated because a duplicate key was found for the object name '%s' and the index name '%s'. The duplicate key value is (%s).",
  },
  1752: { severity: 16, text: "Column '%s' in table '%s' is invalid for creating a default constraint." },
  1767: { severity: 16, text: "Foreign key '%s' references invalid table '%s'." },
  1769: { severity: 16, text: "Foreign key '%s' references invalid column '%s' in referencing table '%s'." },
  1770: { severity: 16, text: "Foreign key '%s' references invalid column '%s' in referenced table '%s'." },
  1773: {
    severity: 16,
    text: "Foreign key '%s' has implicit reference to object '%s' which does not have a primary key defined on it.",
  },
  1776: {
    severity: 16,
    text: "There are no primary or candidate keys in the referenced table '%s' that match the referencing column list in the foreign key '%s'.",
  },
  1778: {
    severity: 16,
    text: "Column '%s.%s' is not the same data type as referencing column '%s.%s' in foreign key '%s'.",
  },
  1779: { severity: 16, text: "Table '%s' already has a primary key defined on it." },
  1781: { severity: 16, text: 'Column already has a DEFAULT bound to it.' },
  1911: { severity: 16, text: "Column name '%s' does not exist in the target table or view." },
  1913: {
    severity: 16,
    text: "The operation failed because an index or statistics with name '%s' already exists on table '%s'.",
  },
  2010: { severity: 16, text: "Cannot perform alter on '%s' because it is an incompatible object type." },
  2103: {
    severity: 15,
    text: "Cannot alter trigger '%s' because its schema is different from the schema of the target table or view.",
  },
  2110: {
    severity: 15,
    text: "Cannot alter trigger '%s' on '%s' because this trigger does not belong to this object.",
  },
  2111: {
    severity: 16,
    text: "Cannot %s trigger '%s' on %s '%s' because an INSTEAD OF %s trigger already exists on this object.",
  },
  2601: {
    severity: 14,
    text: "Cannot insert duplicate key row in object '%s' with unique index '%s'. The duplicate key value is (%s).",
  },
  2627: {
    severity: 14,
    text: "Violation of %s constraint '%s'. Cannot insert duplicate key in object '%s'. The duplicate key value is (%s).",
  },
  2628: {
    severity: 16,
    text: "String or binary data would be truncated in table '%s', column '%s'. Truncated value: '%s'.",
  },
  2705: {
    severity: 16,
    text: "Column names in each table must be unique. Column name '%s' in table '%s' is specified more than once.",
  },
  2714: { severity: 16, state: 6, text: "There is already an object named '%s' in the database." },
  2715: { severity: 16, text: 'Column, parameter, or variable #%s: Cannot find data type %s.' },
  2732: {
    severity: 16,
    text: 'Error number %s is invalid. The number must be from 13000 through 2147483647 and it cannot be 50000.',
  },
  2738: {
    severity: 16,
    text: "A table can only have one timestamp column. Because table '%s' already has one, the column '%s' cannot be added.",
  },
  2744: {
    severity: 16,
    text: "Multiple identity columns specified for table '%s'. Only one identity column per table is allowed.",
  },
  2760: {
    severity: 16,
    text: 'The specified schema name "%s" either does not exist or you do not have permission to use it.',
  },
  2812: { severity: 16, state: 62, text: "Could not find stored procedure '%s'." },
  3014: { severity: 10, state: 1, text: 'BACKUP DATABASE successfully processed %s pages in %s seconds (%s MB/sec).' },
  3021: { severity: 16, state: 0, text: 'Cannot perform a backup or restore operation within a transaction.' },
  3147: { severity: 16, state: 0, text: 'Backup and restore operations are not allowed on database tempdb.' },
  3201: { severity: 16, state: 1, text: "Cannot open backup device '%s'. Operating system error %s." },
  3609: {
    severity: 16,
    reach: 'transaction',
    text: 'The transaction ended in the trigger. The batch has been aborted.',
  },
  3616: {
    severity: 16,
    reach: 'transaction',
    text: 'An error was raised during trigger execution. The batch has been aborted and the user transaction, if any, has been rolled back.',
  },
  3623: { severity: 16, text: 'An invalid floating point operation occurred.' },
  3701: {
    severity: 11,
    state: 5,
    text: "Cannot %s the %s '%s', because it does not exist or you do not have permission.",
  },
  3705: { severity: 16, text: "Cannot use DROP %s with '%s' because '%s' is a %s. Use DROP %s." },
  3725: { severity: 16, text: "The constraint '%s' is being referenced by table '%s', foreign key constraint '%s'." },
  3726: { severity: 16, text: "Could not drop object '%s' because it is referenced by a FOREIGN KEY constraint." },
  3728: { severity: 16, text: "'%s' is not a constraint." },
  3729: { severity: 16, text: "Cannot %s '%s' because it is being referenced by object '%s'." },
  3902: { severity: 16, text: 'The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.' },
  3903: { severity: 16, text: 'The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.' },
  3906: { severity: 16, text: 'Failed to update database "%s" because the database is read-only.' },
  3930: {
    severity: 16,
    reach: 'transaction',
    text: 'The current transaction cannot be committed and cannot support operations that write to the log file. Roll back the transaction.',
  },
  3931: {
    severity: 16,
    reach: 'transaction',
    text: 'The current transaction cannot be committed and cannot be rolled back to a savepoint. Roll back the entire transaction.',
  },
  3998: {
    severity: 16,
    reach: 'transaction',
    text: 'Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.',
  },
  4035: { severity: 10, text: "Processed %s pages for database '%s', file '%s' on file %s." },
  4060: {
    severity: 11,
    reach: 'connection',
    text: 'Cannot open database "%s" requested by the login. The login failed.',
  },
  4064: { severity: 11, reach: 'connection', text: 'Cannot open user default database. Login failed.' },
  4104: { severity: 16, reach: 'scope', text: 'The multi-part identifier "%s" could not be bound.' },
  4145: {
    severity: 15,
    text: "An expression of non-boolean type specified in a context where a condition is expected, near '%s'.",
  },
  4604: {
    severity: 16,
    text: 'Cannot grant, deny, or revoke permissions to sa, dbo, entity owner, information_schema, sys, or yourself.',
  },
  4613: { severity: 16, text: 'Grantor does not have GRANT permission.' },
  4621: {
    severity: 16,
    state: 10,
    text: 'Permissions at the server scope can only be granted when the current database is master',
  },
  4701: { severity: 16, text: 'Cannot find the object "%s" because it does not exist or you do not have permissions.' },
  4708: { severity: 16, text: "Could not truncate object '%s' because it is not a table." },
  4712: {
    severity: 16,
    text: "Cannot truncate table '%s' because it is being referenced by a FOREIGN KEY constraint.",
  },
  4901: {
    severity: 16,
    text: "ALTER TABLE only allows columns to be added that can contain nulls, or have a DEFAULT definition specified, or the column being added is an identity or timestamp column, or alternatively if none of the previous conditions are satisfied the table must be empty to allow addition of this column. Column '%s' cannot be added to non-empty table '%s' because it does not satisfy these conditions.",
  },
  4902: { severity: 16, text: 'Cannot find the object "%s" because it does not exist or you do not have permissions.' },
  4917: { severity: 16, state: 0, text: "Constraint '%s' does not exist." },
  4920: { severity: 16, state: 0, text: "ALTER TABLE failed because trigger '%s' on table '%s' does not exist." },
  4922: { severity: 16, state: 9, text: '%s %s failed because one or more objects access this column.' },
  4924: { severity: 16, text: "%s failed because column '%s' does not exist in table '%s'." },
  4967: {
    severity: 16,
    text: "ALTER TABLE SWITCH statement failed. SWITCH is not allowed because source table '%s' contains primary key for constraint '%s'.",
  },
} satisfies Record<number, Template>;
