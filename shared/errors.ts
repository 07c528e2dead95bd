import { z } from 'zod';
import { serverErrors } from './server-errors.ts';

/**
 * Every expected failure: a code for programs, a sentence for the engineer, and what to do next. `{name}` is replaced
 * by a fact of the case. The union is closed: a code that is not here does not compile.
 */
const catalogue = {
  // The way to SQL Server, up to the first statement
  ...serverErrors,
  'connection-lost': {
    sentence: 'The connection to SQL Server was lost.',
    next: 'Whether the last statement took effect is being found out by reading. Check that the server runs, then try again.',
  },
  'no-right': {
    sentence: 'The login {login} lacks a right: {right}.',
    next: 'Have an administrator grant this right, then try again.',
  },
  'setup-not-enough': {
    sentence: '{login} is no administrator of this SQL Server: it lacks {rights}.',
    next: 'Use a login that is sysadmin. If nobody has one any more, Microsoft documents how a local administrator of the machine regains access ("Connect to SQL Server when system administrators are locked out"); Mortise does not do that itself.',
  },
  'windows-only': {
    sentence: 'This SQL Server takes Windows accounts only, so a SQL login of its own would be of no use to Mortise.',
    next: 'Have "SQL Server and Windows Authentication mode" switched on (it needs a restart of the instance), then try again.',
  },
  'lock-timeout': {
    sentence: 'The controller table is in use by another transaction.',
    next: 'Wait until the access-control software is idle, then try again. Nothing was changed.',
  },
  'statement-failed': {
    sentence: 'SQL Server refused the statement (error {number}): {text}',
    next: 'Nothing of this statement was kept. Show this sentence to whoever looks after the database.',
  },
  // Plan and apply
  'plan-unknown': {
    sentence: 'This plan is no longer there: plans are kept for 10 minutes and used once.',
    next: 'Make the plan again; nothing was changed.',
  },
  'plan-outdated': {
    sentence: 'The site changed since this was planned, so nothing was done: {what}.',
    next: 'Look at the new plan, then decide.',
  },
  'consent-refused': {
    sentence: 'You did not confirm, so nothing was changed.',
    next: 'Start again when you are sure.',
  },
  busy: {
    sentence: '{holder} is changing this site since {since}.',
    next: 'Reading works meanwhile. Wait for it to finish, or talk to each other.',
  },
  cancelled: {
    sentence: 'Cancelled before anything irreversible happened.',
    next: 'The steps that were done are listed.',
  },
  'not-allowed': { sentence: '{why}', next: 'See the General tab for what the site allows now.' },
  'not-prepared': {
    sentence: "The site's database does not hold Mortise's objects yet.",
    next: 'Prepare the site in the Database tab, or start the guided lockdown, which does it.',
  },
  'already-so': { sentence: 'Nothing to do: {what}.', next: 'Refresh if you expected something else.' },
  'proof-failed': {
    sentence: 'It was done, but the proof failed: {what}.',
    next: 'Do not rely on it. Look at what was read, then try again or take it back.',
  },
  // Secrets and where they are used
  'keychain-locked': {
    sentence: 'The keychain of this account is locked or does not answer.',
    next: 'Unlock it (sign in to the desktop once), then try again. Nothing was changed.',
  },
  'keychain-restarted': {
    sentence:
      'The keychain of this account was started anew after Mortise was opened, and Mortise still asks the former one.',
    next: 'Close Mortise and open it again. What was under way goes on from there.',
  },
  'keychain-denied': {
    sentence: 'The keychain of this account refuses Mortise: {cause}.',
    next: 'Allow Mortise in the keychain, or start it at the desktop of the account whose keychain it is (on Windows a session by SSH has none), then try again. Nothing was changed.',
  },
  'keychain-absent': {
    sentence: 'No keychain can be reached: {cause}.',
    next: 'Sign in to a desktop session with a Secret Service, or use the Windows Credential Manager. Nothing was changed.',
  },
  'secret-too-long': {
    sentence: 'The secret record is longer than the 2,560 bytes that a keychain entry holds.',
    next: 'Use shorter passwords. Nothing was changed.',
  },
  'secret-unknown': {
    sentence: 'Mortise holds no working password for {login}.',
    next: 'Adopt the current one first: it is read from the consumer that uses it, or entered by you.',
  },
  'secret-record-damaged': {
    sentence: 'The stored record for {login} cannot be read.',
    next: 'Nothing was overwritten. Restore it from the recovery kit, or have an administrator reset the password.',
  },
  'consumer-unreadable': {
    sentence: '{consumer} cannot be read: {cause}.',
    next: 'Check that the file exists and that this account may read and write it. Nothing was changed.',
  },
  'consumer-changed': {
    sentence: '{consumer} changed since this was planned.',
    next: 'Somebody else edited it. Look at it, then plan again.',
  },
  'consumer-differs': {
    sentence: '{consumer} does not hold the password that works for {login}.',
    next: 'Find out which program uses this file, and correct it or the profile first.',
  },
  'consumer-command-failed': {
    sentence: '{consumer} did not take the password of {login}: {cause}.',
    next: 'What it keeps shows when the service logs in. Try again, or correct the tool or the profile first.',
  },
  'person-did-not-finish': {
    sentence: 'The password of {login} was not entered in {consumer}.',
    next: 'That place still holds the former one. Continue and enter it there, or take the step back.',
  },
  'service-unknown': {
    sentence: 'There is no service {service} on this machine.',
    next: 'Correct its name in the profile.',
  },
  'services-no-adapter': {
    sentence: 'There is no adapter for the services of this site yet.',
    next: 'Stop and start the service by hand until then.',
  },
  'service-did-not-stop': {
    sentence: 'The service {service} did not stop within {seconds} s.',
    next: 'Its password was not touched. Close programs that hold it, then try again.',
  },
  'service-did-not-start': {
    sentence: 'The service {service} did not start: {cause}.',
    next: 'Doors keep working from their controllers. Try again, or take the step back.',
  },
  'service-no-right': {
    sentence: 'This account may not {what} the service {service}.',
    next: 'Start Mortise as an administrator (on Linux as root), then try again.',
  },
  'service-cannot-stop': {
    sentence: 'The service {service} cannot be stopped now: {cause}.',
    next: 'Its password was not touched. Remove the cause, or stop it by hand, then try again.',
  },
  'service-control-silent': {
    sentence: 'The service control of this machine did not answer: {cause}.',
    next: 'Look at the service with the tools of the operating system, then try again.',
  },
  'service-did-not-log-in': {
    sentence: 'The service {service} runs, but did not log in again within {seconds} s.',
    next: 'Look at its own log. Try again, or take the step back.',
  },
  'login-not-rotatable': {
    sentence: 'The login {login} cannot be rotated: {cause}.',
    next: 'See the Security tab for its state.',
  },
  'password-refused': {
    sentence: "The server's password policy refused the password for {login}: {text}",
    next: 'The password that was in force stays in force. Try again, or change the policy of this login.',
  },
  'password-too-weak': {
    sentence: 'The new password for {login} is not good enough. {faults}',
    next: 'Choose another one. Nothing was changed.',
  },
  'own-login-out': {
    sentence: '{login} is the login that Mortise itself reads with, and the server does not let it in.',
    next: 'Create it anew with an administrator ("Create Mortise’s login" on the Database tab, or "mortise create-login"): it gets a new password and its lock-out ends.',
  },
  'too-many-refused': {
    sentence:
      'No password of {login} was tried: {count} logins were refused already, and further ones could lock it out.',
    next: 'Find the program that tries a wrong password first. A good login, or an administrator who sets a new password, resets the count.',
  },
  'no-secret-works': {
    sentence: 'None of the passwords that are known logs in as {login}.',
    next: 'Enter the one in force, or have an administrator set a new one (Security tab). Nothing was changed.',
  },
  'passphrase-too-weak': {
    sentence: 'The passphrase is not good enough. {faults}',
    next: 'Take a sentence of some words that nobody guesses. Nothing was saved.',
  },
  'kit-not-one': {
    sentence: '{path} is no recovery kit of Mortise.',
    next: 'Choose the file that ends in .age, as it was saved. Nothing was changed.',
  },
  'kit-passphrase': {
    sentence: 'This passphrase does not open {path}.',
    next: 'Check upper and lower case and blanks, and whether it belongs to this file. Nothing was changed.',
  },
  'kit-damaged': {
    sentence: '{path} is damaged: it was cut short or altered since it was saved.',
    next: 'Take another copy of it. Nothing was changed.',
  },
  'kit-version': {
    sentence: '{path} was made by another version of Mortise: its format is {found}, and this one reads {format}.',
    next: 'Open it with the version that made it, or have a new kit made. Nothing was changed.',
  },
  'kit-of-another-site': {
    sentence: '{path} is a kit of the site {theirs}, and this is {ours}.',
    next: 'Open that site, or choose the kit of this one. Nothing was changed.',
  },
  'login-not-tried': {
    sentence: 'The published defaults of {login} were not tried: {cause}.',
    next: 'Compare the copies in the consumers instead (Security tab), or rotate the login.',
  },
  'rotated-in-part': {
    sentence: '{done} of {all} logins were rotated. {what}',
    next: 'Those that were rotated stand, proved each by itself. Rotate the others again when the cause is gone.',
  },
  'rotation-needs-a-person': {
    sentence: 'The rotation of {login} could not be finished or taken back: {what}.',
    next: 'What is kept stays kept. Ask which password is where (Verify), enter the one in force, or have an administrator set a new one.',
  },
  // Secure mode
  'firewall-no-adapter': {
    sentence: 'There is no firewall adapter for this machine.',
    next: 'Secure mode can be practised on the training site; block the ports by hand until then.',
  },
  'firewall-failed': {
    sentence: 'The firewall did not take the change: {cause}.',
    next: 'The rules are as before. Try again.',
  },
  'firewall-unsure': {
    sentence: 'Whether the firewall took the change is not known: {cause}.',
    next: 'Read it again (Refresh), then decide; nothing is claimed until then.',
  },
  'firewall-unreadable': {
    sentence: 'The firewall cannot be read: {cause}.',
    next: 'Remove the cause, then refresh. Nothing is claimed until then.',
  },
  'firewall-missing': {
    sentence: '{program} is not on this machine.',
    next: 'Install it ({package}), then refresh. Until then nothing here can be blocked or read.',
  },
  'firewall-no-right': {
    sentence: 'This account may not {what} the firewall.',
    next: 'Start Mortise as an administrator (on Linux with sudo), or let it ask for the rights.',
  },
  'rights-not-given': {
    sentence: 'The rights of an administrator were not given: {cause}.',
    next: 'Nothing was changed. Try again, or start Mortise as an administrator (on Linux with sudo).',
  },
  'block-impossible': {
    sentence: 'This cannot be blocked: {cause}.',
    next: 'Nothing was changed.',
  },
  'listeners-unreadable': {
    sentence: 'What listens here cannot be read from {source}: {cause}.',
    next: 'Remove the cause, then refresh. Until then nobody can say that everything is blocked.',
  },
  'instance-not-here': {
    sentence: 'The settings of SQL Server cannot be read here: {cause}.',
    next: 'Start Mortise on the machine that SQL Server runs on, as an administrator.',
  },
  'instance-not-written': {
    sentence: 'The settings of SQL Server were not changed: {cause}.',
    next: 'What was in force stays in force. Remove the cause, then try again.',
  },
  'at-start-failed': {
    sentence: 'What puts the block up at the start of the machine could not be {what}: {cause}.',
    next: 'What is installed for the start of the machine is as it was. Try again (Security tab).',
  },
  'probe-failed': {
    sentence: 'The probe from the other machine could not run: {cause}.',
    next: 'Run it again; until then nothing is proved from outside.',
  },
  'probe-not-one': {
    sentence: 'This is no answer of a probe of this site: {cause}.',
    next: 'Copy the whole answer, from the first line to the last, of a probe that was started with the text shown here.',
  },
  // The machine
  'disk-full': {
    sentence: 'The disk is full: {path} cannot grow.',
    next: 'Nothing was changed after the last recorded step. Free some space, then continue.',
  },
  'state-folder-unsafe': {
    sentence: 'The folder {path} can be written by others ({who}), so nothing in it can be trusted.',
    next: 'Correct its owner and rights ({mend}), check what is in it, then start again.',
  },
  'state-folder-unusable': {
    sentence: 'The folder {path} cannot be used: {cause}.',
    next: 'Check that it exists and that this account may write it, then start again.',
  },
  'journal-damaged': {
    sentence: 'The journal {path} is damaged before its end (record {record}).',
    next: 'It was kept as it is and nothing was changed. Continue only after you looked at the site.',
  },
  'clock-went-back': {
    sentence: "This machine's clock went back: it says {now}, but Mortise recorded {last} before.",
    next: 'Set the clock right, then start again. Reading works meanwhile.',
  },
  'second-instance': {
    sentence: 'Mortise is already open for this site.',
    next: 'Its window was brought to the front.',
  },
  'profile-invalid': {
    sentence: 'The site profile is not usable: {what}.',
    next: 'Correct it, or open Mortise on the training site. The stored profile was left as it is.',
  },
  'site-unknown': {
    sentence: 'There is no site "{id}" in the library.',
    next: 'The list of sites shows those that there are. It may have been removed in another window.',
  },
  'file-unsafe': {
    sentence: '{path} can be written by others ({who}), so what it says cannot be trusted.',
    next: 'Correct its owner and rights ({mend}), check what is in it, then try again.',
  },
  'file-unreadable': {
    sentence: '{path} cannot be read: {cause}.',
    next: 'Check the path, and that this account may read it. Nothing was changed.',
  },
  'file-not-saved': {
    sentence: '{path} could not be saved: {cause}.',
    next: 'Choose another place. Nothing else was changed.',
  },
  // The training site
  'training-port-taken': {
    sentence: 'The port {port} that the training site wants is taken by another program.',
    next: 'Close that program, or let the training site choose a free port (leave out --port).',
  },
  'training-site-stopped': {
    sentence: 'The training site is not running: {cause}.',
    next: 'Start Mortise again; what was practised is kept.',
  },
  // Guided lockdown
  'nothing-to-resume': {
    sentence: 'There is no guided lockdown to continue or take back.',
    next: 'Start one in the General tab.',
  },
  // The door
  'bad-request': {
    sentence: 'The request was not understood: {what}.',
    next: 'Nothing was done. This is a defect of the program that asked.',
  },
  'foreign-sender': { sentence: 'The request did not come from the Mortise window.', next: 'Nothing was done.' },
  'too-large': { sentence: 'The request is too large.', next: 'Nothing was done.' },
  internal: {
    sentence: 'Mortise made a mistake ({id}).',
    next: 'What was in force stays in force. Look at the trail, and report this with the identifier.',
  },
} as const satisfies Record<string, { readonly sentence: string; readonly next: string }>;

export type ErrorCode = keyof typeof catalogue;

export const errorCodes = Object.keys(catalogue) as readonly ErrorCode[];

/** A failure as it travels and as it is shown: never holds a secret. */
export interface Failure {
  readonly code: ErrorCode;
  readonly sentence: string;
  readonly next: string;
}

export const failureSchema = z.strictObject({
  code: z.enum(Object.keys(catalogue) as [ErrorCode, ...ErrorCode[]]),
  sentence: z.string(),
  next: z.string(),
});

type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;
type Facts<C extends ErrorCode> = Placeholders<(typeof catalogue)[C]['sentence'] | (typeof catalogue)[C]['next']>;

/** Words a failure. The facts its sentence names must be given; they are for people and must not be secrets. */
export function failure<C extends ErrorCode>(
  code: C,
  ...facts: [Facts<C>] extends [never] ? [] : [Readonly<Record<Facts<C>, string | number>>]
): Failure {
  const values = (facts[0] ?? {}) as Readonly<Record<string, string | number>>;
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return { code, sentence: fill(catalogue[code].sentence), next: fill(catalogue[code].next) };
}
