import { ownQuoting, type Quoting } from './password-proofs.ts';

const identifier = (quoteIdentifier: (name: string) => string): Quoting => ({ ...ownQuoting, quoteIdentifier });
const literal = (quoteLiteral: (text: string) => string): Quoting => ({ ...ownQuoting, quoteLiteral });
const filler = (fillVariables: Quoting['fillVariables']): Quoting => ({ ...ownQuoting, fillVariables });

/** Ways in which quoting goes wrong in practice. */
export const quotingMutants: Readonly<Record<string, Quoting>> = {
  'a name without doubling': identifier((name) => `[${name}]`),
  'a name with the other bracket doubled': identifier((name) => `[${name.replaceAll('[', '[[')}]`),
  'a name with only its first bracket doubled': identifier((name) => `[${name.replace(']', ']]')}]`),
  'a name with a backslash before its brackets': identifier((name) => `[${name.replaceAll(']', '\\]')}]`),
  'a name that loses its brackets': identifier((name) => `[${name.replaceAll(/[[\]]/g, '')}]`),
  'a name cut to 128 characters after doubling': identifier((name) => `[${name.replaceAll(']', ']]').slice(0, 128)}]`),
  'a name in double quotes': identifier((name) => `"${name}"`),
  'a name in double quotes, doubled': identifier((name) => `"${name.replaceAll('"', '""')}"`),
  'a name quoted only where it seems to need it': identifier((name) =>
    /^[\p{L}_]\w*$/u.test(name) ? name : ownQuoting.quoteIdentifier(name),
  ),
  'a name without its outer blanks': identifier((name) =>
    ownQuoting.quoteIdentifier(name.trim() === '' ? name : name.trim()),
  ),
  'a text without doubling': literal((text) => `N'${text}'`),
  'a text with the wrong quote doubled': literal((text) => `N'${text.replaceAll('"', '""')}'`),
  'a text without N': literal((text) => ownQuoting.quoteLiteral(text).slice(1)),
  'a text whose last quote is not doubled': literal((text) => `N'${text.replaceAll(/'(?!$)/g, "''")}'`),
  'a text with only its first quote doubled': literal((text) => `N'${text.replace("'", "''")}'`),
  'a text with a backslash before its quotes': literal((text) => `N'${text.replaceAll("'", "\\'")}'`),
  'a text that loses its quotes': literal((text) => `N'${text.replaceAll("'", '')}'`),
  'a text cut to 128 characters': literal((text) => ownQuoting.quoteLiteral(text.slice(0, 128))),
  'a text whose pairs of quotes are taken for doubled ones': literal((text) => `N'${text.replaceAll(/''|'/g, "''")}'`),
  'a text in which whatever resembles a quote is one': literal((text) =>
    ownQuoting.quoteLiteral(text.replaceAll(/[\u{ff07}\u{02bc}\u{2018}\u{2019}]/gu, "'")),
  ),
  'a text in its composed form': literal((text) => ownQuoting.quoteLiteral(text.normalize('NFC'))),
  'a text with the line ends of another system': literal((text) =>
    ownQuoting.quoteLiteral(text.replaceAll('\r\n', '\n')),
  ),
  'a variable whose value is a pattern of replacement': filler((text, variables) =>
    [...variables].reduce((filled, [name, value]) => filled.replaceAll(`$(${name})`, value), text),
  ),
  'a variable whose value is filled once more': filler((text, variables) =>
    [...variables].reduce((filled, [name, value]) => filled.replaceAll(`$(${name})`, () => value), text),
  ),
};
