import { failure } from '#shared/errors.ts';
import type { Outcome } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { addressText } from '#shared/site-profile.ts';
import { looksLikeKit, openKit } from '#electron/secrets/recovery-kit.ts';
import type { RecoveryKit } from '#electron/secrets/recovery-kit.ts';
import type { SecretRecord } from '#electron/secrets/secret-store.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf, unproved } from '../outcome.ts';
import type { Run } from '../run.ts';
import { keptLogins } from './kit-parts.ts';
import type { KitParts } from './kit-parts.ts';

interface Restored {
  readonly login: string;
  readonly record: SecretRecord;
  /** What this account keeps for it now is something else. */
  readonly replaces: boolean;
}

/** Takes the passwords of a recovery kit into this account's store. The server is not asked, and nothing on it is changed. */
export class ImportKit implements Change<{ readonly passphrase: string }> {
  readonly #parts: KitParts;
  #chosen: { readonly path: string; readonly bytes: Uint8Array } | undefined;

  constructor(parts: KitParts) {
    this.#parts = parts;
  }

  /** Lets the person choose the file; it is opened only with the passphrase. Path null when they cancelled. */
  async choose(): Promise<Result<{ path: string | null; isKit: boolean }>> {
    const chosen = await this.#parts.chooser.choose('kit');
    if (!chosen.ok) return chosen;
    if (chosen.value === null) return succeed({ path: null, isKit: false });
    this.#chosen = chosen.value;
    return succeed({ path: chosen.value.path, isKit: looksLikeKit(chosen.value.bytes) });
  }

  async plan({ passphrase }: { readonly passphrase: string }): Promise<Result<Draft>> {
    const { profile, store } = this.#parts;
    const chosen = this.#chosen;
    if (chosen === undefined)
      return failed(failure('not-allowed', { why: 'Choose the file of the recovery kit first.' }));
    const kit = await openKit(chosen, new Secret(passphrase));
    if (!kit.ok) return kit;
    const foreign = this.#foreign(kit.value, chosen.path);
    if (foreign !== undefined) return failed(foreign);
    const restored = await this.#toRestore(kit.value);
    if (!restored.ok) return restored;
    const known = new Set(keptLogins(profile));
    const leftOut = kit.value.logins.filter(({ login }) => !known.has(login)).map(({ login }) => login);
    if (restored.value.length === 0)
      return failed(failure('already-so', { what: 'this account keeps everything that the kit holds for this site' }));
    const replacing = restored.value.filter(({ replaces }) => replaces).map(({ login }) => login);
    return succeed({
      body: {
        title: 'Take the recovery kit in',
        summary: `Keeps the passwords of ${restored.value.map(({ login }) => login).join(', ')} for this account, from the kit that ${kit.value.madeBy} made at ${kit.value.madeAt}. Nothing on the server is changed.`,
        steps: [
          {
            id: 'keep',
            title: 'Keep them for this account',
            changes: restored.value.map(({ login, replaces }) => ({
              kind: 'secret',
              store: store.sentence,
              entry: login,
              action: replaces ? 'from the kit; the one kept now becomes the former one' : 'from the kit',
            })),
          },
        ],
        affected: [],
        warnings: [
          ...(replacing.length === 0
            ? []
            : [`This account keeps another password for ${replacing.join(', ')}. Verify them afterwards.`]),
          ...(leftOut.length === 0 ? [] : [`The profile does not name ${leftOut.join(', ')}: left out.`]),
        ],
        takeBack: { possible: true, how: 'What was kept before stays as the former one.' },
        consent: null,
      },
      rests: JSON.stringify(restored.value.map(({ login, replaces }) => [login, replaces])),
      apply: async (run) => await this.#apply(restored.value, run),
    });
  }

  /** A kit of this site has its name or its server; names are mended and machines are moved. */
  #foreign({ site }: RecoveryKit, path: string) {
    const { profile } = this.#parts;
    const ours = { name: profile.name, endpoint: addressText(profile.endpoint) };
    return site.name === ours.name || site.endpoint === ours.endpoint
      ? undefined
      : failure('kit-of-another-site', { path, theirs: site.name, ours: ours.name });
  }

  async #toRestore(kit: RecoveryKit): Promise<Result<readonly Restored[]>> {
    const restored: Restored[] = [];
    for (const login of keptLogins(this.#parts.profile)) {
      const sealed = kit.logins.find((each) => each.login === login)?.record;
      if (sealed === undefined) continue;
      const kept = await this.#parts.store.read(login);
      if (!kept.ok) return kept;
      const merged = mergedRecord(sealed, kept.value);
      if (merged !== undefined)
        restored.push({ login, record: merged, replaces: (kept.value?.current ?? null) !== null });
    }
    return succeed(restored);
  }

  async #apply(restored: readonly Restored[], run: Run): Promise<Result<Outcome>> {
    const { store, clock } = this.#parts;
    run.mark('keep', 'running');
    for (const { login, record } of restored) {
      const written = await store.write(login, record);
      if (!written.ok) return written;
    }
    run.mark('keep', 'done');
    return succeed(
      outcomeOf(
        'The recovery kit was taken in',
        'Verify each login now: the kit may be older than its last rotation.',
        restored.map(({ login }) =>
          unproved(`${login} logs in with the password of the kit`, 'Not tried: verify it', clock),
        ),
        clock,
      ),
    );
  }
}

const same = (a: SecretRecord['current'], b: SecretRecord['current']) =>
  a === null || b === null ? a === b : a.equals(b);

/** The record of the kit, with what this account kept as the former one; undefined where nothing would change. */
function mergedRecord(sealed: SecretRecord, kept: SecretRecord | undefined): SecretRecord | undefined {
  if (kept === undefined) return sealed;
  const merged: SecretRecord =
    kept.current === null || same(kept.current, sealed.current) ? sealed : { ...sealed, previous: kept.current };
  const unchanged =
    same(merged.current, kept.current) && same(merged.pending, kept.pending) && same(merged.previous, kept.previous);
  return unchanged ? undefined : merged;
}
