import { failure } from '#shared/errors.ts';
import type { ErrorCode } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Commissioning, Snapshot } from '#shared/snapshot.ts';
import type { LastSeen, SiteLibrary } from '#electron/site/profile/site-library.ts';

export interface ChangeableParts {
  readonly library: SiteLibrary;
  readonly siteId: string | null;
  readonly snapshot: () => Promise<Pick<Snapshot, 'commissioning'>>;
}

/** What goes away by waiting or by unlocking: no profile is wrong because of it, so nothing has to be mended. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'lock-timeout',
  'connection-lost',
  'busy',
  'keychain-locked',
  'internal',
]);

const isLocked = (state: string): boolean => {
  switch (state as Commissioning['state']) {
    case 'off':
    case 'locked-by-time':
    case 'rehearsing':
      return true;
    case 'on':
    case 'not-prepared':
    case 'half-prepared':
    case 'rehearsal-over':
    case 'upgrading':
      return false;
  }
  // A word of another version of Mortise: nobody knows what it stands for.
  return true;
};

const refused = (why: string) => failed(failure('not-allowed', { why }));

/**
 * Whether the profile of a stored site may be changed or removed now. Not while its commissioning mode is off. While
 * that cannot be read, because the profile may be what is wrong, only after a question: the answer is that question,
 * null where none is needed. A site that is not open is judged by what was last seen of it.
 */
export async function questionFor(
  id: string,
  what: 'changed' | 'removed',
  { library, siteId, snapshot }: ChangeableParts,
): Promise<Result<string | null>> {
  const seen = await library.lastSeen(id);
  if (id !== siteId) {
    return seen !== null && isLocked(seen.commissioning)
      ? refused(
          `Commissioning mode was off when this site was last seen (${seen.at}): open it, and switch it on first.`,
        )
      : succeed(null);
  }
  const { commissioning } = await snapshot();
  if (commissioning.state === 'known')
    return isLocked(commissioning.value.state)
      ? refused(`Commissioning mode of this site is off: its profile is ${what} while it is on.`)
      : succeed(null);
  const { code, sentence } = commissioning.cause;
  if (passing.has(code)) return refused(`Whether this site is locked is not known now. ${sentence}`);
  return succeed(
    `Whether this site is locked cannot be read (${sentence.replace(/\.$/, '')}).${lastSeenText(seen)} The profile is ${what} without knowing it.`,
  );
}

const lastSeenText = (seen: LastSeen | null): string =>
  seen === null ? '' : ` When it was last seen (${seen.at}), commissioning was "${seen.commissioning}".`;
