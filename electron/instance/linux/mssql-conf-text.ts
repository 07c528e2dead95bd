import { iniValue } from '#electron/consumers/ini-value.ts';
import { isRefusal } from '#electron/consumers/located-value.ts';
import { NotWritten } from '../not-written.ts';

const section = 'network';
const key = 'ipaddress';

/** The address that SQL Server binds to; undefined where none is set. Throws `NotWritten` where it is not plain which. */
export function boundAddress(text: string): string | undefined {
  const found = iniValue(section, key).locate(text);
  if (!isRefusal(found)) return found.value;
  if (found.why.startsWith('it has no ')) return undefined;
  throw new NotWritten(found.why);
}

/** The same text with that address; everything else stays byte for byte. Undefined takes the line out. */
export function withBoundAddress(text: string, address: string | undefined): string {
  const found = iniValue(section, key).locate(text);
  if (!isRefusal(found)) {
    const [from = 0] = found.offsets;
    const to = found.offsets.at(-1) ?? from;
    if (address !== undefined) return text.slice(0, from) + address + text.slice(to);
    const end = /^[^\r\n]*(?:\r\n|\r|\n)?/.exec(text.slice(found.shown.start))?.[0].length ?? 0;
    return text.slice(0, found.shown.start) + text.slice(found.shown.start + end);
  }
  if (!found.why.startsWith('it has no ')) throw new NotWritten(found.why);
  return address === undefined ? text : withNewLine(text, `${key} = ${address}`);
}

/** Under the section's title; in a section of its own at the end where there is none. */
function withNewLine(text: string, line: string): string {
  const ends = /\r\n|\n/.exec(text)?.[0] ?? '\n';
  const title = /^[ \t]*\[[ \t]*network[ \t]*\][^\r\n]*(\r\n|\n)?/im.exec(text);
  if (title === null) {
    const before = text === '' || /[\r\n]$/.test(text) ? text : text + ends;
    return `${before}[${section}]${ends}${line}${ends}`;
  }
  const at = title.index + title[0].length;
  const own = title[1] === undefined ? ends + line + ends : line + ends;
  return text.slice(0, at) + own + text.slice(at);
}
