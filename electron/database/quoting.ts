/**
 * The only places where text becomes T-SQL. Values are parameters everywhere else; T-SQL takes none in ALTER LOGIN and
 * for names.
 */

/** A name in brackets, `]` doubled (as QUOTENAME). A name is 1 to 128 characters without NUL; others are a defect of the caller. */
export function quoteIdentifier(name: string): string {
  if (name.length === 0 || name.length > 128 || name.includes('\0'))
    throw new RangeError('An identifier has 1 to 128 characters.');
  return `[${name.replaceAll(']', ']]')}]`;
}

/** A Unicode string literal, `'` doubled. NUL is a defect of the caller: SQL Server ends some texts there. */
export function quoteLiteral(text: string): string {
  if (text.includes('\0')) throw new RangeError('A literal has no NUL character.');
  return `N'${text.replaceAll("'", "''")}'`;
}
