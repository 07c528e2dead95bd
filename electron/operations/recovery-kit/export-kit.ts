import { failure } from '#shared/errors.ts';
import type { Outcome } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { addressText } from '#shared/site-profile.ts';
import { storeNames } from '#electron/secrets/secret-store.ts';
import { judgePassphrase, openKit, sealKit } from '#electron/secrets/recovery-kit.ts';
import type { RecoveryKit } from '#electron/secrets/recovery-kit.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf, verified } from '../outcome.ts';
import type { Run } from '../run.ts';
import { keptLogins } from '../kept-logins.ts';
import type { KitParts } from './kit-parts.ts';

/** Seals every password that Mortise keeps for this site into one file, for the account that looks after it next. */
export class ExportKit implements Change<{ readonly passphrase: string }> {
  readonly #parts: KitParts;

  constructor(parts: KitParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly passphrase: string }): Promise<Result<Draft>> {
    const { profile, store } = this.#parts;
    const passphrase = new Secret(input.passphrase);
    const faults = judgePassphrase(passphrase);
    if (faults.length > 0) return failed(failure('passphrase-too-weak', { faults: faults.join(' ') }));
    const kit = await this.#gather();
    if (!kit.ok) return kit;
    const { logins } = kit.value;
    if (logins.length === 0)
      return failed(failure('already-so', { what: `no password of ${profile.name} is kept yet` }));
    const title = 'Save a recovery kit';
    return succeed({
      body: {
        title,
        summary: `Seals ${logins.length === 1 ? 'the password' : `the passwords of ${logins.length} logins`} of ${profile.name} with your passphrase into one file. Mortise on another account opens it, and so does any "age -d".`,
        steps: [
          {
            id: 'seal',
            title: 'Seal what is kept, and open it again as a test',
            changes: logins.map(({ login }) => ({
              kind: 'secret',
              store: storeNames[store.kind],
              entry: login,
              action: 'copied into the kit',
            })),
          },
          { id: 'save', title: 'Save it where you choose', changes: [] },
        ],
        affected: [],
        warnings: ['Whoever has the file and the passphrase has every password of this site. Keep the two apart.'],
        takeBack: { possible: false, why: 'A file that was copied cannot be called back: rotate the logins then.' },
        consent: `Save every password of ${profile.name} into one file, sealed with your passphrase?`,
      },
      rests: JSON.stringify(logins.map(({ login }) => login)),
      apply: async (run) => await this.#apply(passphrase, run),
    });
  }

  async #gather(): Promise<Result<RecoveryKit>> {
    const { profile, store, clock, actor } = this.#parts;
    const logins: RecoveryKit['logins'][number][] = [];
    for (const login of keptLogins(profile)) {
      const record = await store.read(login);
      if (!record.ok) return record;
      if (record.value !== undefined) logins.push({ login, record: record.value });
    }
    return succeed({
      site: { name: profile.name, endpoint: addressText(profile.endpoint) },
      madeAt: clock.now().toISOString(),
      madeBy: actor.account,
      logins,
    });
  }

  async #apply(passphrase: Secret, run: Run): Promise<Result<Outcome>> {
    const { profile, saver, clock } = this.#parts;
    run.mark('seal', 'running');
    const kit = await this.#gather();
    if (!kit.ok) return kit;
    const content = await sealKit(kit.value, passphrase, this.#parts.kitWorkFactor);
    const opened = await openKit({ path: 'the kit', bytes: Buffer.from(content) }, passphrase);
    if (!opened.ok) return opened;
    run.mark('seal', 'done');
    run.mark('save', 'running');
    const day = kit.value.madeAt.slice(0, 10);
    const suggestedName = `recovery-kit-${profile.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${day}.age`;
    const saved = await saver.save({ suggestedName, content });
    if (!saved.ok) return saved;
    if (saved.value === null) return failed(failure('cancelled'));
    run.mark('save', 'done', saved.value);
    const claim = `The kit holds the passwords of ${kit.value.logins.map(({ login }) => login).join(', ')}`;
    return succeed(
      outcomeOf(
        'The recovery kit is saved',
        `${saved.value}. Hand the file and the passphrase over apart from each other.`,
        [verified(claim, 'Sealed, and opened again with the passphrase', clock)],
        clock,
      ),
    );
  }
}
