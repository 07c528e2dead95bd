import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { RegistryReader } from '#electron/machine/registry-reader.ts';
import type { ServiceManager } from '#electron/services/windows/service-manager.ts';
import type { FirewallRegistry } from '../firewall-registry/firewall-registry.ts';
import type { Block, Firewall, FirewallState, ReadOptions, Watch } from '../firewall.ts';
import { stillAllowed } from '../still-allowed.ts';
import { blockRequest, wantedRules } from './block-rules.ts';
import { blockedSchema, confirmationSchema, unblockedSchema } from './confirmation.ts';
import type { Confirmation } from './confirmation.ts';
import { judge } from './judge.ts';
import { areExactly, oursIn } from './our-rules.ts';
import type { PowerShellHost } from './powershell-host.ts';
import { lookAtRegistry } from './registry-look.ts';
import { ruleWords } from './rule-words.ts';
import { scriptFailure } from './script-failure.ts';
import { serviceFindings } from './service-findings.ts';
import { watchFirewallRegistry } from './watch.ts';

export interface NetSecurityOptions {
  readonly clock: Clock;
  readonly host: PowerShellHost;
  readonly registry: RegistryReader;
  /** The service control manager, which tells at once that the firewall's service was stopped. */
  readonly services?: Pick<ServiceManager, 'status'>;
  /** The full path of sqlservr.exe; left out where it is not known, and where its partners in mirroring must reach it. */
  readonly program?: string;
  /** How long what was written may take to stand in the registry, in milliseconds. */
  readonly settle?: number;
}

/**
 * Windows Firewall, by the NetSecurity module of Windows PowerShell 5.1. A quick reading is one of the registry, which takes
 * milliseconds; what is enforced only a thorough one can tell, and its word counts as long as the registry stays as it was.
 */
export function netSecurityFirewall(options: NetSecurityOptions): Firewall {
  const { clock, registry } = options;
  const firewall = new NetSecurity(options);
  return {
    kind: 'windows',
    describe: (block) => describe(block, clock.now(), options.program),
    read: (how) => firewall.read(how),
    block: (block) => firewall.block(block),
    unblock: () => firewall.unblock(),
    watch: (changed, ended): Watch => watchFirewallRegistry(registry, changed, ended),
  };
}

/** The rules of a block in words. What cannot be blocked has none; `block` says why. */
function describe(block: Block, now: Date, program: string | undefined): readonly string[] {
  const rules = wantedRules(block, { now, program });
  const allowed = stillAllowed(block.allowed, now);
  return rules.ok
    ? rules.value.map(({ kind, ports, program: of }) =>
        ruleWords({ protocol: kind === 'PROGRAM' ? null : kind, ports, program: of }, allowed),
      )
    : [];
}

class NetSecurity {
  readonly #options: NetSecurityOptions;
  /** What Windows Firewall said last, and the registry it said it of. */
  #confirmed: { readonly digest: string; readonly confirmation: Confirmation } | undefined;

  constructor(options: NetSecurityOptions) {
    this.#options = options;
  }

  #look(): Result<FirewallRegistry> {
    return lookAtRegistry(this.#options.registry);
  }

  async read({ thorough = false }: ReadOptions = {}): Promise<Reading<FirewallState>> {
    const { clock, program, services: manager } = this.#options;
    const refused = thorough ? await this.#confirm() : undefined;
    if (refused !== undefined) return unknown(refused, clock.now());
    const look = this.#look();
    if (!look.ok) return unknown(look.error, clock.now());
    const confirmation = this.#confirmed?.digest === look.value.digest ? this.#confirmed.confirmation : undefined;
    const services = manager === undefined ? [] : serviceFindings(manager);
    return known(judge(look.value, { confirmation, services, program, now: clock.now() }), clock.now());
  }

  /** Asks Windows Firewall itself. Its answer is one of the registry as it was before and after it. */
  async #confirm(): Promise<Failure | undefined> {
    const before = this.#look();
    if (!before.ok) return before.error;
    const answer = await this.#options.host.run('read', {}, confirmationSchema);
    if (answer.kind !== 'answered') return scriptFailure('read', answer);
    const after = this.#look();
    if (!after.ok) return after.error;
    // Where rules changed meanwhile, nobody can tell which of them it was asked of; the reading then says so.
    const same = before.value.digest === after.value.digest;
    this.#confirmed = same ? { digest: after.value.digest, confirmation: answer.value } : undefined;
    return undefined;
  }

  async block(block: Block): Promise<Result<undefined>> {
    const { clock, host, program } = this.#options;
    const wanted = wantedRules(block, { now: clock.now(), program });
    if (!wanted.ok) return wanted;
    const look = this.#look();
    if (!look.ok) return look;
    if (areExactly(oursIn(look.value), wanted.value)) return succeed();

    const version = randomBytes(6).toString('hex');
    const added = await host.run('block', blockRequest(wanted.value, version), blockedSchema);
    if (added.kind !== 'answered') return failed(scriptFailure('change', added));
    // The older version goes only when the new one stands as it was meant, so that one of them is always in force.
    const ofVersion = (registry: FirewallRegistry) => oursIn(registry).filter(({ id }) => id.includes(`-${version}-`));
    const stands = await this.#until((registry) => areExactly(ofVersion(registry), wanted.value));
    if (!stands.ok) return stands;
    if (stands.value === 'not') return unsure('the rules do not stand as they were given; those before them stand too');
    return await this.#removeBut(version, 'the new rules stand, but older ones could not be removed');
  }

  async unblock(): Promise<Result<undefined>> {
    return await this.#removeBut('', 'some of the rules are left');
  }

  /** Removes our rules but those of a version; with an empty one, all. */
  async #removeBut(keep: string, otherwise: string): Promise<Result<undefined>> {
    const older = (registry: FirewallRegistry) =>
      oursIn(registry).filter(({ id }) => keep === '' || !id.includes(`-${keep}-`));
    const look = this.#look();
    if (!look.ok) return look;
    if (older(look.value).length === 0) return succeed();
    const removed = await this.#options.host.run('unblock', { keep }, unblockedSchema);
    if (removed.kind === 'not-run' && keep !== '') return unsure(`${otherwise}: ${removed.cause}`);
    if (removed.kind !== 'answered') return failed(scriptFailure('change', removed, keep !== ''));
    const gone = await this.#until((registry) => older(registry).length === 0);
    if (!gone.ok) return gone;
    return gone.value === 'so' ? succeed() : unsure(otherwise);
  }

  /** Windows Firewall writes the registry itself, a moment after it answered. */
  async #until(holds: (registry: FirewallRegistry) => boolean): Promise<Result<'so' | 'not'>> {
    const end = Date.now() + (this.#options.settle ?? 3000);
    for (;;) {
      const look = this.#look();
      if (!look.ok) return look;
      if (holds(look.value)) return succeed('so');
      if (Date.now() >= end) return succeed('not');
      await sleep(50);
    }
  }
}

const unsure = (cause: string) => failed(failure('firewall-unsure', { cause }));
