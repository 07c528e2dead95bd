import { failure } from '#shared/errors.ts';
import type { Outcome } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { addressText } from '#shared/site-profile.ts';
import { storeNames } from '#electron/secrets/secret-store.ts';
import { looksLikeKit, openKit } from '#electron/secrets/recovery-kit.ts';
import type { RecoveryKit } from '#electron/secrets/recovery-kit.ts';
import type { SecretRecord } from '#electron/secrets/secret-store.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf, unproved } from '../outcome.ts';
import type { Run } from '../run.ts';
import { openRotation } from '../rotation/rotation-journal.ts';
import { keptLogins } from '../kept-logins.ts';
import type { KitParts } from './kit-parts.ts';

interface Restored {
  readonly login: string;
  readonly record: SecretRecord;
  /** What this account keeps for it now is another one, which no longer works. */
  readonly replaces: boolean;
}

interface Found {
  readonly restored: readonly Restored[];
  /** Neither the kept password nor the kit's works. */
  readonly undecided: readonly string[];
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
    const open = await openRotation(this.#parts.rotationJournal);
    if (!open.ok) return open;
    if (open.value !== undefined)
      return failed(
        failure('not-allowed', {
          why: `The rotation of ${open.value.login} is not finished: bring it to its end first.`,
        }),
      );
    const found = await this.#toRestore(kit.value);
    if (!found.ok) return found;
    const { restored, undecided } = found.value;
    const known = new Set(keptLogins(profile));
    const leftOut = kit.value.logins.filter(({ login }) => !known.has(login)).map(({ login }) => login);
    if (restored.length === 0)
      return failed(
        undecided.length === 0
          ? failure('already-so', { what: 'this account keeps everything of the kit that is still in force' })
          : failure('no-secret-works', { login: undecided.join(', ') }),
      );
    const replacing = restored.filter(({ replaces }) => replaces).map(({ login }) => login);
    return succeed({
      body: {
        title: 'Take the recovery kit in',
        summary: `Keeps the passwords of ${restored.map(({ login }) => login).join(', ')} for this account, from the kit that ${kit.value.madeBy} made at ${kit.value.madeAt}. Nothing on the server is changed.`,
        steps: [
          {
            id: 'keep',
            title: 'Keep them for this account',
            changes: restored.map(({ login, replaces }) => ({
              kind: 'secret',
              store: storeNames[store.kind],
              entry: login,
              action: replaces ? 'from the kit; the one kept now becomes the former one' : 'from the kit',
            })),
          },
        ],
        affected: [],
        warnings: [
          ...(replacing.length === 0
            ? []
            : [`What this account keeps for ${replacing.join(', ')} is no longer in force, and the kit's is.`]),
          ...(undecided.length === 0
            ? []
            : [`Neither what is kept nor the kit's password logs in as ${undecided.join(', ')}: left as it is.`]),
          ...(leftOut.length === 0 ? [] : [`The profile does not name ${leftOut.join(', ')}: left out.`]),
        ],
        takeBack: { possible: true, how: 'What was kept before and no longer works stays as the former one.' },
        consent: null,
      },
      rests: JSON.stringify(restored.map(({ login, replaces }) => [login, replaces])),
      apply: async (run) => await this.#apply(restored, run),
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

  /** What the store lacks, and what it keeps wrongly: a password that works is never replaced. */
  async #toRestore(kit: RecoveryKit): Promise<Result<Found>> {
    const restored: Restored[] = [];
    const undecided: string[] = [];
    for (const login of keptLogins(this.#parts.profile)) {
      const sealed = kit.logins.find((each) => each.login === login)?.record;
      if (sealed === undefined) continue;
      const kept = await this.#parts.store.read(login);
      if (!kept.ok) return kept;
      const record = kept.value;
      if (record?.current == null && record?.pending == null) {
        restored.push({ login, record: sealed, replaces: false });
        continue;
      }
      if (sealed.current === null || same(record.current, sealed.current)) {
        if (record.previous === null && sealed.previous !== null && record.pending === null)
          restored.push({ login, record: { ...record, previous: sealed.previous }, replaces: false });
        continue;
      }
      const inForce = await this.#inForce(login, record.current, sealed.current);
      if (!inForce.ok) return inForce;
      if (inForce.value === 'kit')
        restored.push({
          login,
          record: { ...record, current: sealed.current, previous: record.current },
          replaces: true,
        });
      else if (inForce.value === 'neither') undecided.push(login);
    }
    return succeed({ restored, undecided });
  }

  /** One login attempt for each of the two at most. */
  async #inForce(login: string, kept: Secret | null, sealed: Secret): Promise<Result<'kept' | 'kit' | 'neither'>> {
    for (const [secret, which] of [
      [kept, 'kept'],
      [sealed, 'kit'],
    ] as const) {
      if (secret === null) continue;
      const tried = await this.#parts.database.tryLogin({ login, secret });
      if (tried.ok) return succeed(which);
      if (tried.error.code !== 'login-refused') return tried;
    }
    return succeed('neither');
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
