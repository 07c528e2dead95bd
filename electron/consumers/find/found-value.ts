import type { ConsumerProfile } from '#shared/consumer-profile.ts';
import type { Holds } from '../credential.ts';
import type { ValueFormat } from '../located-value.ts';

type WithoutIdentity<T> = T extends unknown ? Omit<T, 'id' | 'login' | 'path'> : never;

/** The kinds that are files. */
export type FileKind = 'xml-config' | 'xml-attribute' | 'json' | 'ini' | 'env' | 'udl';

/** A value of a file that looks like a credential, and how the profile would describe it. */
export interface FoundValue {
  readonly kind: FileKind;
  /** Where in the text it stands. */
  readonly at: number;
  /** What it is called in its file; goes into a proposed name. */
  readonly name: string;
  readonly holds: Holds;
  readonly format: ValueFormat;
  /** Where the login stands beside a bare password. */
  readonly loginFormat: ValueFormat | null;
  readonly described: WithoutIdentity<Extract<ConsumerProfile, { readonly kind: FileKind }>>;
}

/** A section that only its own program can read. */
export interface FoundOpaque {
  readonly kind: FileKind;
  readonly at: number;
  readonly why: string;
}

const passwordName = /(?:pass(?:wor[dt]|wd|phrase)?|pwd|kennwort|wachtwoord|motdepasse)$/i;
const loginName = /(?:user(?:[ _-]?(?:name|id))?|login|uid|benutzer)$/i;

/** Whether a name says that its value is a password, or a login. */
export const isPasswordName = (name: string): boolean => passwordName.test(name.replaceAll(/[^\p{L}]+$/gu, ''));
export const isLoginName = (name: string): boolean => loginName.test(name.replaceAll(/[^\p{L}]+$/gu, ''));

/** Whether a text has the signs of a connection string that has a password in it, well-formed or not. */
export const looksLikeConnectionString = (value: string): boolean =>
  /(?:^|;)\s*(?:password|pwd)\s*=/i.test(value) &&
  /(?:^|;)\s*(?:user id|uid|user|server|data source|provider|driver|dsn)\s*=/i.test(value);
