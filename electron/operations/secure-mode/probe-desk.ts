import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Listener, ProbeRequest } from '#shared/secure-mode.ts';
import { wasReached } from '#shared/was-reached.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { blockDigest } from '#electron/firewall/kept-probe.ts';
import type { KeptProbe } from '#electron/firewall/kept-probe.ts';
import type { OutsideProbe, ProbeReport } from '#electron/firewall/firewall.ts';
import { openToOthers } from '#electron/listeners/local-only.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { FileChooser } from '#electron/machine/consent.ts';
import type { KeptValue } from '#electron/machine/kept-json.ts';
import { machineAddresses, ownAddresses } from '#electron/probe/addresses.ts';
import { readProbeAnswer } from '#electron/probe/probe-answer.ts';
import { makeProbeRequest } from '#electron/probe/probe-request.ts';
import type { MeantBlock } from '#electron/site/secure-mode/meant-block.ts';
import { portsOf } from '#electron/site/secure-mode/ports.ts';
import type { SiteNetwork } from '#electron/site/site-network.ts';
import type { Trail } from '#electron/trail/trail.ts';
import { known } from '#shared/reading.ts';

export interface ProbeDeskParts {
  readonly network: Pick<SiteNetwork, 'firewall' | 'probe' | 'survey'>;
  readonly keptProbe: KeptValue<KeptProbe>;
  readonly meant: KeptValue<MeantBlock>;
  readonly status: () => Promise<Result<SiteStatus>>;
  readonly chooser: FileChooser;
  readonly trail: Pick<Trail, 'record'>;
  readonly clock: Clock;
}

const notOne = (cause: string) => failed(failure('probe-not-one', { cause }));

/** Has another machine try, by itself or by way of an engineer, and keeps what it said with the block it said it of. */
export class ProbeDesk implements OutsideProbe {
  readonly #parts: ProbeDeskParts;

  constructor(parts: ProbeDeskParts) {
    this.#parts = parts;
  }

  get possible(): boolean {
    return this.#parts.network.probe.possible;
  }

  async probe(listeners: readonly Listener[]): Promise<Result<ProbeReport>> {
    const before = await this.#block();
    const report = await this.#parts.network.probe.probe(listeners);
    if (!report.ok) return report;
    const after = await this.#block();
    // One that ran while the rules changed saw some of both.
    if (!before.ok || !after.ok || before.value !== after.value) return report;
    const { from, at, seen } = report.value;
    const kept = await this.#keep({ by: 'mortise', from, at, seen: [...seen], untried: [], block: after.value });
    return kept.ok ? report : kept;
  }

  /** What to run on another machine; asked anew, it replaces what was asked before. */
  async ask(): Promise<Result<ProbeRequest>> {
    const { keptProbe, network, status, clock } = this.#parts;
    const block = await this.#block();
    if (!block.ok) return block;
    const now = await status();
    if (!now.ok) return now;
    const { listeners } = await network.survey(known(now.value, clock.now()));
    const ports = portsOf(openToOthers(listeners));
    const request = makeProbeRequest(ports, clock.now());
    if (!request.ok) return request;
    const { nonce, askedAt } = request.value;
    const kept = await keptProbe.read();
    const done = await keptProbe.keep({
      asked: { nonce, at: askedAt, block: block.value, ports: [...ports] },
      answer: kept.ok ? (kept.value?.answer ?? null) : null,
    });
    return done.ok ? request : done;
  }

  /** Takes an answer in as the engineer's statement; null lets the person choose a file. Nothing is taken when they cancel. */
  async take(text: string | null): Promise<Result<undefined>> {
    const given = text === null ? await this.#fromFile() : succeed(text);
    if (!given.ok) return given;
    if (given.value === null) return succeed();
    const { keptProbe, clock, trail } = this.#parts;
    const kept = await keptProbe.read();
    if (!kept.ok) return kept;
    const asked = kept.value?.asked ?? null;
    if (asked === null) return notOne('nothing was asked from here; show what to run first');
    const block = await this.#block();
    if (!block.ok) return block;
    if (block.value !== asked.block)
      return notOne('the rules changed since it was asked for, so that it says nothing of those in force now');
    const answer = readProbeAnswer(given.value, {
      nonce: asked.nonce,
      addresses: machineAddresses(),
      ownAddresses: ownAddresses(),
      listeners: asked.ports,
      askedAt: new Date(asked.at),
      now: clock.now(),
    });
    if (!answer.ok) return answer;
    const { from, at, seen, untried } = answer.value;
    const done = await this.#keep({
      by: 'engineer',
      from,
      at,
      seen: [...seen],
      untried: [...untried],
      block: block.value,
    });
    if (!done.ok) return done;
    const reached = seen.filter(wasReached);
    await trail.record(
      'secureMode.probe',
      'noted',
      `Stated by the engineer: from ${from}, ${reached.length} of ${seen.length} listeners answered.`,
    );
    return succeed();
  }

  async #fromFile(): Promise<Result<string | null>> {
    const chosen = await this.#parts.chooser.choose('probe');
    if (!chosen.ok) return chosen;
    return succeed(chosen.value === null ? null : new TextDecoder().decode(chosen.value.bytes));
  }

  async #keep(answer: NonNullable<KeptProbe['answer']>): Promise<Result<undefined>> {
    const kept = await this.#parts.keptProbe.read();
    return await this.#parts.keptProbe.keep({ asked: kept.ok ? (kept.value?.asked ?? null) : null, answer });
  }

  /** What stands for the block as it is now. */
  async #block(): Promise<Result<string>> {
    const { network, meant } = this.#parts;
    const firewall = await network.firewall.read();
    if (firewall.state === 'unknown') return failed(firewall.cause);
    const block = await meant.read();
    return block.ok ? succeed(blockDigest(firewall.value.rules, block.value?.since)) : block;
  }
}
