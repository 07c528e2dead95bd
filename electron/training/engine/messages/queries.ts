import type { Template } from './template.ts';

/** Errors about statements, names and their binding. */
export const queriesMessages = {
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
  272: { severity: 16, reach: 'scope', text: 'Cannot update a timestamp column.' },
  273: {
    severity: 16,
    reach: 'scope',
    text: 'Cannot insert an explicit value into a timestamp column. Use INSERT with a column list to exclude the timestamp column, or insert a DEFAULT into the timestamp column.',
  },
  289: { severity: 16, text: 'Cannot construct data type %s, some of the arguments have values which are not valid.' },
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
  596: {
    severity: 21,
    reach: 'connection',
    text: 'Cannot continue the execution because the session is in the kill state.',
  },
  628: { severity: 16, state: 0, text: 'Cannot issue SAVE TRANSACTION when there is no active transaction.' },
} satisfies Record<number, Template>;
