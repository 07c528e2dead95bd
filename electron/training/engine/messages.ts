import type { Reach } from './sql-error.ts';

interface Template {
  readonly severity: number;
  /** 1 if left out. */
  readonly state?: number;
  /** `statement` if left out. */
  readonly reach?: Reach;
  readonly text: string;
}

/**
 * The errors and messages that the engine raises, with SQL Server's numbers, severities and words
 * (learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors).
 */
export const messages = {
  // Names and shapes of statements
  104: {
    severity: 16,
    reach: 'scope',
    text: 'ORDER BY items must appear in the select list if the statement contains a UNION, INTERSECT or EXCEPT operator.',
  },
  107: {
    severity: 16,
    state: 3,
    reach: 'scope',
    text: "The column prefix '%s' does not match with a table name or alias name used in the query.",
  },
  108: {
    severity: 16,
    reach: 'scope',
    text: 'The ORDER BY position number %s is out of range of the number of items in the select list.',
  },
  109: {
    severity: 15,
    text: 'There are more columns in the INSERT statement than values specified in the VALUES clause. The number of values in the VALUES clause must match the number of columns specified in the INSERT statement.',
  },
  110: {
    severity: 15,
    text: 'There are fewer columns in the INSERT statement than values specified in the VALUES clause. The number of values in the VALUES clause must match the number of columns specified in the INSERT statement.',
  },
  113: { severity: 15, text: "Missing end comment mark '*/'." },
  116: {
    severity: 16,
    text: 'Only one expression can be specified in the select list when the subquery is not introduced with EXISTS.',
  },
  120: {
    severity: 15,
    text: 'The select list for the INSERT statement contains fewer items than the insert list. The number of SELECT values must match the number of INSERT columns.',
  },
  121: {
    severity: 15,
    text: 'The select list for the INSERT statement contains more items than the insert list. The number of SELECT values must match the number of INSERT columns.',
  },
  127: { severity: 15, text: 'A TOP N or FETCH rowcount value may not be negative.' },
  134: {
    severity: 15,
    text: "The variable name '%s' has already been declared. Variable names must be unique within a query batch or stored procedure.",
  },
  137: { severity: 15, state: 2, reach: 'scope', text: 'Must declare the scalar variable "%s".' },
  141: {
    severity: 15,
    text: 'A SELECT statement that assigns a value to a variable must not be combined with data-retrieval operations.',
  },
  144: {
    severity: 15,
    text: 'Cannot use an aggregate or a subquery in an expression used for the group by list of a GROUP BY clause.',
  },
  145: { severity: 15, text: 'ORDER BY items must appear in the select list if SELECT DISTINCT is specified.' },
  147: {
    severity: 15,
    text: 'An aggregate may not appear in the WHERE clause unless it is in a subquery contained in a HAVING clause or a select list, and the column being aggregated is an outer reference.',
  },
  148: { severity: 15, text: "Incorrect time syntax in time string '%s' used with WAITFOR." },
  157: { severity: 15, text: 'An aggregate may not appear in the set list of an UPDATE statement.' },
  164: {
    severity: 15,
    text: 'Each GROUP BY expression must contain at least one column that is not an outer reference.',
  },
  174: { severity: 15, text: 'The %s function requires %s argument(s).' },
  189: { severity: 15, text: 'The %s function requires %s to %s arguments.' },
  195: { severity: 15, state: 10, reach: 'scope', text: "'%s' is not a recognized built-in function name." },
  201: { severity: 16, state: 4, text: "Procedure or function '%s' expects parameter '%s', which was not supplied." },
  205: {
    severity: 16,
    reach: 'scope',
    text: 'All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of expressions in their target lists.',
  },
  206: { severity: 16, state: 2, reach: 'scope', text: 'Operand type clash: %s is incompatible with %s' },
  207: { severity: 16, reach: 'scope', text: "Invalid column name '%s'." },
  208: { severity: 16, reach: 'scope', text: "Invalid object name '%s'." },
  209: { severity: 16, reach: 'scope', text: "Ambiguous column name '%s'." },
  213: {
    severity: 16,
    reach: 'scope',
    text: 'Column name or number of supplied values does not match table definition.',
  },
  214: { severity: 16, state: 2, text: "Procedure expects parameter '%s' of type '%s'." },
  217: {
    severity: 16,
    reach: 'transaction',
    text: 'Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).',
  },
  220: { severity: 16, text: 'Arithmetic overflow error for data type %s, value = %s.' },
  226: { severity: 16, state: 6, text: '%s statement not allowed within multi-statement transaction.' },
  229: { severity: 14, state: 5, text: "The %s permission was denied on the object '%s', database '%s', schema '%s'." },
  230: {
    severity: 14,
    text: "The %s permission was denied on the column '%s' of the object '%s', database '%s', schema '%s'.",
  },
  232: { severity: 16, state: 3, text: 'Arithmetic overflow error for type %s, value = %s.' },
  241: {
    severity: 16,
    reach: 'transaction',
    text: 'Conversion failed when converting date and/or time from character string.',
  },
  242: {
    severity: 16,
    state: 3,
    text: 'The conversion of a %s data type to a %s data type resulted in an out-of-range value.',
  },
  244: {
    severity: 16,
    state: 2,
    reach: 'transaction',
    text: "The conversion of the %s value '%s' overflowed an %s column. Use a larger integer column.",
  },
  245: {
    severity: 16,
    reach: 'transaction',
    text: "Conversion failed when converting the %s value '%s' to data type %s.",
  },
  248: { severity: 16, reach: 'transaction', text: "The conversion of the %s value '%s' overflowed an int column." },
  257: {
    severity: 16,
    state: 3,
    reach: 'scope',
    text: 'Implicit conversion from data type %s to %s is not allowed. Use the CONVERT function to run this query.',
  },
  258: { severity: 15, reach: 'scope', text: 'Cannot call methods on %s.' },
  259: { severity: 16, reach: 'scope', text: 'Ad hoc updates to system catalogs are not allowed.' },
  262: { severity: 14, text: "%s permission denied in database '%s'." },
  263: { severity: 16, reach: 'scope', text: 'Must specify table to select from.' },
  264: {
    severity: 16,
    reach: 'scope',
    text: "The column name '%s' is specified more than once in the SET clause or column list of an INSERT. A column cannot be assigned more than one value in the same clause. Modify the clause to make sure that a column is updated only once. If this statement updates or inserts columns into a view, column aliasing can conceal the duplication in your code.",
  },
  266: {
    severity: 16,
    state: 2,
    text: 'Transaction count after EXECUTE indicates a mismatching number of BEGIN and COMMIT statements. Previous count = %s, current count = %s.',
  },
  271: {
    severity: 16,
    reach: 'scope',
    text: 'The column "%s" cannot be modified because it is either a computed column or is the result of a UNION operator.',
  },
  272: { severity: 16, reach: 'scope', text: 'Cannot update a timestamp column.' },
  273: {
    severity: 16,
    reach: 'scope',
    text: 'Cannot insert an explicit value into a timestamp column. Use INSERT with a column list to exclude the timestamp column, or insert a DEFAULT into the timestamp column.',
  },
  289: { severity: 16, text: 'Cannot construct data type %s, some of the arguments have values which are not valid.' },
  297: { severity: 16, text: 'The user does not have permission to perform this action.' },
  300: { severity: 14, text: "%s permission was denied on object '%s', database '%s'." },
  313: {
    severity: 16,
    state: 3,
    reach: 'scope',
    text: 'An insufficient number of arguments were supplied for the procedure or function %s.',
  },
  334: {
    severity: 16,
    reach: 'scope',
    text: "The target table '%s' of the DML statement cannot have any enabled triggers if the statement contains an OUTPUT clause without INTO clause.",
  },
  402: { severity: 16, reach: 'scope', text: 'The data types %s and %s are incompatible in the %s operator.' },
  421: {
    severity: 16,
    reach: 'scope',
    text: 'The %s data type cannot be selected as DISTINCT because it is not comparable.',
  },
  447: { severity: 16, reach: 'scope', text: 'Expression type %s is invalid for COLLATE clause.' },
  448: { severity: 16, reach: 'scope', text: "Invalid collation '%s'." },
  468: {
    severity: 16,
    state: 9,
    reach: 'scope',
    text: 'Cannot resolve the collation conflict between "%s" and "%s" in the %s operation.',
  },
  512: {
    severity: 16,
    text: 'Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression.',
  },
  515: {
    severity: 16,
    state: 2,
    text: "Cannot insert the value NULL into column '%s', table '%s'; column does not allow nulls. %s fails.",
  },
  517: { severity: 16, text: "Adding a value to a '%s' column caused an overflow." },
  529: { severity: 16, state: 2, reach: 'scope', text: 'Explicit conversion from data type %s to %s is not allowed.' },
  535: {
    severity: 16,
    text: 'The datediff function resulted in an overflow. The number of dateparts separating two date/time instances is too large. Try to use datediff with a less precise datepart.',
  },
  537: { severity: 16, state: 3, text: 'Invalid length parameter passed to the LEFT or SUBSTRING function.' },
  544: {
    severity: 16,
    text: "Cannot insert explicit value for identity column in table '%s' when IDENTITY_INSERT is set to OFF.",
  },
  545: {
    severity: 16,
    text: "Explicit value must be specified for identity column in table '%s' either when IDENTITY_INSERT is set to ON or when a replication user is inserting into a NOT FOR REPLICATION identity column.",
  },
  547: {
    severity: 16,
    state: 0,
    text: 'The %s statement conflicted with the %s constraint "%s". The conflict occurred in database "%s", table "%s"%s.',
  },
  556: {
    severity: 16,
    text: 'INSERT EXEC failed because the stored procedure altered the schema of the target table.',
  },
  596: {
    severity: 21,
    reach: 'connection',
    text: 'Cannot continue the execution because the session is in the kill state.',
  },
  // Databases and their use
  628: { severity: 16, state: 0, text: 'Cannot issue SAVE TRANSACTION when there is no active transaction.' },
  911: { severity: 16, text: "Database '%s' does not exist. Make sure that the name is entered correctly." },
  916: {
    severity: 14,
    text: 'The server principal "%s" is not able to access the database "%s" under the current security context.',
  },
  924: { severity: 14, text: "Database '%s' is already open and can only have one user at a time." },
  925: {
    severity: 19,
    text: 'Maximum number of databases used for each query has been exceeded. The maximum allowed is %s.',
  },
  927: {
    severity: 14,
    text: "Database '%s' is in restricted state. Only the database owner and members of the dbcreator and sysadmin roles can access it.",
  },
  1012: { severity: 15, reach: 'scope', text: "The correlation name '%s' has the same exposed name as table '%s'." },
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
  1750: { severity: 16, text: 'Could not create constraint or index. See previous errors.' },
  1752: { severity: 16, text: "Column '%s' in table '%s' is invalid for creating a default constraint." },
  1769: { severity: 16, text: "Foreign key '%s' references invalid column '%s' in referencing table '%s'." },
  1770: { severity: 16, text: "Foreign key '%s' references invalid column '%s' in referenced table '%s'." },
  1767: { severity: 16, text: "Foreign key '%s' references invalid table '%s'." },
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
  2108: { severity: 15, text: "Cannot %s trigger '%s' on '%s' as the target is not in the current database." },
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
  2759: { severity: 16, state: 0, text: 'CREATE SCHEMA failed due to previous errors.' },
  2760: {
    severity: 16,
    text: 'The specified schema name "%s" either does not exist or you do not have permission to use it.',
  },
  2812: { severity: 16, state: 62, text: "Could not find stored procedure '%s'." },
  2850: { severity: 15, text: 'Permission to execute as the user was denied.' },
  // Transactions
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
  3702: { severity: 16, state: 3, text: 'Cannot drop database "%s" because it is currently in use.' },
  3705: { severity: 16, text: "Cannot use DROP %s with '%s' because '%s' is a %s. Use DROP %s." },
  3725: { severity: 16, text: "The constraint '%s' is being referenced by table '%s', foreign key constraint '%s'." },
  3726: { severity: 16, text: "Could not drop object '%s' because it is referenced by a FOREIGN KEY constraint." },
  3727: { severity: 16, state: 0, text: 'Could not drop constraint. See previous errors.' },
  3728: { severity: 16, text: "'%s' is not a constraint." },
  3729: { severity: 16, text: "Cannot %s '%s' because it is being referenced by object '%s'." },
  3732: {
    severity: 16,
    text: "Cannot drop type '%s' because it is being referenced by object '%s'. There may be other objects that reference this type.",
  },
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
  4060: {
    severity: 11,
    reach: 'connection',
    text: 'Cannot open database "%s" requested by the login. The login failed.',
  },
  4063: {
    severity: 11,
    reach: 'connection',
    text: 'Cannot open database that was requested by the login. Using the user default database instead.',
  },
  4064: { severity: 11, reach: 'connection', text: 'Cannot open user default database. Login failed.' },
  4104: { severity: 16, reach: 'scope', text: 'The multi-part identifier "%s" could not be bound.' },
  4145: {
    severity: 15,
    text: "An expression of non-boolean type specified in a context where a condition is expected, near '%s'.",
  },
  4405: {
    severity: 16,
    reach: 'scope',
    text: "View or function '%s' is not updatable because the modification affects multiple base tables.",
  },
  4406: {
    severity: 16,
    reach: 'scope',
    text: "Update or insert of view or function '%s' failed because it contains a derived or constant field.",
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
  4615: { severity: 16, text: "Invalid column name '%s'." },
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
  4916: { severity: 16, state: 0, text: 'Could not enable or disable the constraint. See previous errors.' },
  4917: { severity: 16, state: 0, text: "Constraint '%s' does not exist." },
  4920: { severity: 16, state: 0, text: "ALTER TABLE failed because trigger '%s' on table '%s' does not exist." },
  4922: { severity: 16, state: 9, text: '%s %s failed because one or more objects access this column.' },
  4924: { severity: 16, text: "%s failed because column '%s' does not exist in table '%s'." },
  4967: {
    severity: 16,
    text: "ALTER TABLE SWITCH statement failed. SWITCH is not allowed because source table '%s' contains primary key for constraint '%s'.",
  },
  5004: {
    severity: 16,
    text: 'To use ALTER DATABASE, the database must be in a writable state in which a checkpoint can be executed.',
  },
  5011: {
    severity: 14,
    state: 5,
    text: "User does not have permission to alter database '%s', the database does not exist, or the database is not in a state that allows access checks.",
  },
  5058: { severity: 16, text: "Option '%s' cannot be set in database '%s'." },
  5061: {
    severity: 16,
    text: "ALTER DATABASE failed because a lock could not be placed on database '%s'. Try again later.",
  },
  5064: {
    severity: 16,
    text: "Changes to the state or options of database '%s' cannot be made at this time. The database is in single-user mode, and a user is currently connected to it.",
  },
  5069: { severity: 16, text: 'ALTER DATABASE statement failed.' },
  5070: {
    severity: 16,
    state: 2,
    text: "Database state cannot be changed while other users are using the database '%s'",
  },
  5701: { severity: 10, state: 2, text: "Changed database context to '%s'." },
  5703: { severity: 10, text: 'Changed language setting to %s.' },
  // Sessions
  6102: { severity: 14, text: 'User does not have permission to use the KILL statement.' },
  6104: { severity: 16, text: 'Cannot use KILL to kill your own process.' },
  6106: { severity: 16, state: 2, text: 'Process ID %s is not an active process ID.' },
  6107: { severity: 14, text: 'Only user processes can be killed.' },
  // Values
  6401: { severity: 16, text: 'Cannot roll back %s. No transaction or savepoint of that name was found.' },
  8102: { severity: 16, reach: 'scope', text: "Cannot update identity column '%s'." },
  8106: { severity: 16, text: "Table '%s' does not have the identity property. Cannot perform SET operation." },
  8107: {
    severity: 16,
    text: "IDENTITY_INSERT is already ON for table '%s'. Cannot perform SET operation for table '%s'.",
  },
  8110: { severity: 16, state: 0, text: "Cannot add multiple PRIMARY KEY constraints to table '%s'." },
  8111: { severity: 16, text: "Cannot define PRIMARY KEY constraint on nullable column in table '%s'." },
  8114: { severity: 16, state: 5, reach: 'transaction', text: 'Error converting data type %s to %s.' },
  8115: { severity: 16, state: 2, text: 'Arithmetic overflow error converting %s to data type %s.' },
  8117: { severity: 16, reach: 'scope', text: 'Operand data type %s is invalid for %s operator.' },
  8120: {
    severity: 16,
    reach: 'scope',
    text: "Column '%s' is invalid in the select list because it is not contained in either an aggregate function or the GROUP BY clause.",
  },
  8121: {
    severity: 16,
    reach: 'scope',
    text: "Column '%s' is invalid in the HAVING clause because it is not contained in either an aggregate function or the GROUP BY clause.",
  },
  8127: {
    severity: 16,
    reach: 'scope',
    text: 'Column "%s" is invalid in the ORDER BY clause because it is not contained in either an aggregate function or the GROUP BY clause.',
  },
  8134: { severity: 16, text: 'Divide by zero error encountered.' },
  8144: { severity: 16, state: 2, text: 'Procedure or function %s has too many arguments specified.' },
  8145: { severity: 16, text: '%s is not a parameter for procedure %s.' },
  8146: { severity: 16, reach: 'transaction', text: 'Procedure %s has no parameters and arguments were supplied.' },
  8152: { severity: 16, state: 30, text: 'String or binary data would be truncated.' },
  8153: { severity: 10, text: 'Warning: Null value is eliminated by an aggregate or other SET operation.' },
  8154: { severity: 16, reach: 'scope', text: "The table '%s' is ambiguous." },
  8155: { severity: 16, state: 2, reach: 'scope', text: "No column name was specified for column %s of '%s'." },
  8156: { severity: 16, reach: 'scope', text: "The column '%s' was specified multiple times for '%s'." },
  8158: { severity: 16, reach: 'scope', text: "'%s' has more columns than were specified in the column list." },
  8159: { severity: 16, reach: 'scope', text: "'%s' has fewer columns than were specified in the column list." },
  8162: {
    severity: 16,
    state: 2,
    text: 'The formal parameter "%s" was not declared as an OUTPUT parameter, but the actual parameter passed in requested output.',
  },
  8169: {
    severity: 16,
    state: 2,
    reach: 'transaction',
    text: 'Conversion failed when converting from a character string to uniqueidentifier.',
  },
  8170: { severity: 16, state: 2, text: 'Insufficient result space to convert uniqueidentifier value to char.' },
  8178: { severity: 16, text: "The parameterized query '%s' expects the parameter '%s', which was not supplied." },
  8179: { severity: 16, state: 5, text: 'Could not find prepared statement with handle %s.' },
  8197: { severity: 16, state: 4, text: "The object '%s' does not exist or is invalid for this operation." },
  8672: {
    severity: 16,
    text: 'The MERGE statement attempted to UPDATE or DELETE the same row more than once. This happens when a target row matches more than one source row. A MERGE statement cannot UPDATE/DELETE the same row of the target table multiple times. Refine the ON clause to ensure a target row matches at most one source row, or use the GROUP BY clause to group the source rows.',
  },
  10739: {
    severity: 15,
    reach: 'scope',
    text: 'The insert column list used in the MERGE statement cannot contain multi-part identifiers. Use single part identifiers instead.',
  },
  10709: {
    severity: 16,
    reach: 'scope',
    text: 'The number of columns for each row in a table value constructor must be the same.',
  },
  // Principals and passwords
  14126: { severity: 16, text: 'You do not have the required permissions to complete the operation.' },
  15007: { severity: 16, text: "'%s' is not a valid login or you do not have permission." },
  15010: {
    severity: 16,
    text: "The database '%s' does not exist. Supply a valid database name. To see available databases, use sys.databases.",
  },
  15023: { severity: 16, text: "User, group, or role '%s' already exists in the current database." },
  15025: { severity: 16, text: "The server principal '%s' already exists." },
  15063: { severity: 16, text: 'The login already has an account under a different user name.' },
  15081: { severity: 16, text: 'Membership of the public role cannot be changed.' },
  15098: {
    severity: 16,
    text: 'The name change cannot be performed because the SID of the new name does not match the old SID of the principal.',
  },
  15114: { severity: 16, text: 'Password validation failed. The password for the user is too recent to change.' },
  15115: { severity: 16, text: 'Password validation failed. The password cannot be used at this time.' },
  15116: {
    severity: 16,
    text: 'Password validation failed. The password does not meet the operating system policy requirements because it is too short.',
  },
  15117: {
    severity: 16,
    text: 'Password validation failed. The password does not meet the operating system policy requirements because it is too long.',
  },
  15118: {
    severity: 16,
    text: 'Password validation failed. The password does not meet the operating system policy requirements because it is not complex enough.',
  },
  15122: { severity: 16, text: 'The CHECK_EXPIRATION option cannot be used when CHECK_POLICY is OFF.' },
  15128: {
    severity: 16,
    text: 'The CHECK_POLICY and CHECK_EXPIRATION options cannot be turned OFF when MUST_CHANGE is ON.',
  },
  15134: { severity: 16, text: 'No alias exists for the specified user.' },
  15136: {
    severity: 16,
    text: 'The database principal is set as the execution context of one or more procedures, functions, or event notifications and cannot be dropped.',
  },
  15138: { severity: 16, text: 'The database principal owns a %s in the database, and cannot be dropped.' },
  15144: { severity: 16, text: 'The role has members. It must be empty before it can be dropped.' },
  15150: { severity: 16, text: "Cannot %s the %s '%s'." },
  15151: { severity: 16, text: "Cannot %s the %s '%s', because it does not exist or you do not have permission." },
  15170: {
    severity: 16,
    text: 'This login is the owner of %s job(s). You must delete or reassign these jobs before the login can be dropped.',
  },
  15174: {
    severity: 16,
    text: "Login '%s' owns one or more database(s). Change the owner of the database(s) before dropping the login.",
  },
  15211: { severity: 16, text: 'Old (current) password incorrect for user. The password was not changed.' },
  15247: { severity: 16, text: 'User does not have permission to perform this action.' },
  15410: { severity: 16, text: "User or role '%s' does not exist in this database." },
  15434: { severity: 16, text: "Could not drop login '%s' as the user is currently logged in." },
  15517: {
    severity: 16,
    text: 'Cannot execute as the database principal because the principal "%s" does not exist, this type of principal cannot be impersonated, or you do not have permission.',
  },
  15661: { severity: 16, text: 'The option %s is not valid for this procedure.' },
  18054: {
    severity: 16,
    text: 'Error %s, severity 16, state 1 was raised, but no message with that error number was found in sys.messages. If error is larger than 50000, make sure the user-defined message is added using sp_addmessage.',
  },
  18456: { severity: 14, reach: 'connection', text: "Login failed for user '%s'." },
  18461: {
    severity: 14,
    reach: 'connection',
    text: "Login failed for user '%s'. Reason: Server is in single user mode. Only one administrator can connect at this time.",
  },
  18463: {
    severity: 14,
    reach: 'connection',
    text: 'The login failed for user "%s". The password change failed. The password cannot be used at this time.',
  },
  18464: {
    severity: 14,
    reach: 'connection',
    text: "Login failed for user '%s'. Reason: Password change failed. The password does not meet operating system policy requirements because it is too short.",
  },
  18465: {
    severity: 14,
    reach: 'connection',
    text: "Login failed for user '%s'. Reason: Password change failed. The password does not meet operating system policy requirements because it is too long.",
  },
  18466: {
    severity: 14,
    reach: 'connection',
    text: "Login failed for user '%s'. Reason: Password change failed. The password does not meet operating system policy requirements because it is not complex enough.",
  },
  18468: {
    severity: 14,
    reach: 'connection',
    text: 'The login failed for user "%s". The password change failed. The password is too recent to change.',
  },
  18470: { severity: 14, reach: 'connection', text: "Login failed for user '%s'. Reason: The account is disabled." },
  18486: {
    severity: 14,
    reach: 'connection',
    text: "Login failed for user '%s' because the account is currently locked out. The system administrator can unlock it.",
  },
  18487: {
    severity: 14,
    reach: 'connection',
    text: "Login failed for user '%s'.  Reason: The password of the account has expired.",
  },
  18488: {
    severity: 14,
    reach: 'connection',
    text: "Login failed for user '%s'.  Reason: The password of the account must be changed.",
  },
  // Backup
  3013: { severity: 16, text: 'BACKUP DATABASE is terminating abnormally.' },
  3021: { severity: 16, state: 0, text: 'Cannot perform a backup or restore operation within a transaction.' },
  3147: { severity: 16, state: 0, text: 'Backup and restore operations are not allowed on database tempdb.' },
  3014: { severity: 10, state: 1, text: 'BACKUP DATABASE successfully processed %s pages in %s seconds (%s MB/sec).' },
  3201: { severity: 16, state: 1, text: "Cannot open backup device '%s'. Operating system error %s." },
  4035: { severity: 10, text: "Processed %s pages for database '%s', file '%s' on file %s." },
  // Procedures of the server
  10610: { severity: 16, text: '%s' },
  10759: {
    severity: 15,
    reach: 'scope',
    text: 'Windowed functions can only appear in the SELECT or ORDER BY clauses.',
  },
  10704: {
    severity: 15,
    reach: 'scope',
    text: 'To rethrow an error, a THROW statement must be used inside a CATCH block. Insert the THROW statement inside a CATCH block, or add error parameters to the THROW statement.',
  },
  11701: { severity: 16, text: '%s' },
  35100: {
    severity: 16,
    state: 10,
    text: 'Error number %s in the THROW statement is outside the valid range. Specify an error number in the valid range of 50000 to 2147483647.',
  },
  50001: { severity: 16, reach: 'scope', text: 'The training site does not know %s.' },
} satisfies Record<number, Template>;
