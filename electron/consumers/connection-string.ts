/**
 * Reads connection strings as ADO.NET does (System.Data.Common.DbConnectionStringBuilder: keys without regard to case,
 * `==` for an equals sign in a key, values in single or double quotes with the quote doubled inside, else up to the next
 * semicolon), and says where each value stands, so that one can be replaced without touching the rest.
 */
export interface Setting {
  /** In lower case, without white space around it. */
  readonly key: string;
  readonly value: string;
  /** Where the value stands, its quotes included. */
  readonly start: number;
  readonly end: number;
}

const keyPattern = /(?:[^=]|==)+?(?==(?!=))/y;
const blank = /[\s;]*/y;
const quoted = /"(?:[^"]|"")*"|'(?:[^']|'')*'/y;
const plain = /[^;]*/y;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function unquoted(text: string): string {
  const quote = text.charAt(0);
  return text.slice(1, -1).replaceAll(quote + quote, quote);
}

/** In order; undefined for a text that is no connection string. */
export function parseConnectionString(text: string): readonly Setting[] | undefined {
  const settings: Setting[] = [];
  let at = matchAt(blank, text, 0)?.length ?? 0;
  while (at < text.length) {
    const key = matchAt(keyPattern, text, at);
    if (key === undefined || key.includes(';')) return undefined;
    const afterEquals = at + key.length + 1;
    const start = afterEquals + (/^\s*/.exec(text.slice(afterEquals))?.[0].length ?? 0);
    const inQuotes = matchAt(quoted, text, start);
    const raw = inQuotes ?? matchAt(plain, text, start)?.trimEnd() ?? '';
    if (inQuotes === undefined && /^["']/.test(raw)) return undefined;
    const end = start + raw.length;
    const next = end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
    if (next < text.length && text.charAt(next) !== ';') return undefined;
    const value = inQuotes === undefined ? raw : unquoted(inQuotes);
    settings.push({ key: key.trim().toLowerCase().replaceAll('==', '='), value, start, end });
    at = next + (matchAt(blank, text, next)?.length ?? 0);
  }
  return settings;
}

/** Whether a connection string is one of ODBC, which knows braces and no quotes (SQLDriverConnect, "Comments"). */
export function isOdbc(text: string): boolean {
  return parseConnectionString(text)?.some(({ key }) => key === 'driver' || key === 'dsn') ?? false;
}

/**
 * A value as it can stand in a connection string, the plainest first: as it is where it cannot be mistaken, else in
 * quotes. Double quotes inside double quotes come last, because not every reader undoes the doubling. ODBC gives a
 * meaning to `[]{}(),;?*=!@` and has no quotes.
 */
export function quotationsOf(value: string, odbc = false): readonly string[] {
  if (odbc) return /^[\w.+\-%/:#$^&~|<>\\]+$/.test(value) ? [value] : [];
  const double = `"${value.replaceAll('"', '""')}"`;
  const single = `'${value.replaceAll("'", "''")}'`;
  const asItIs = /^[\w.+\-@%/:!#$^&*()~,?|<>[\]\\]+$/.test(value) ? [value] : [];
  return [...asItIs, ...(value.includes('"') && !value.includes("'") ? [single, double] : [double, single])];
}
