import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Claim } from '#shared/plan.ts';
import { portWords } from '#shared/port-words.ts';
import { openToOthers } from '#electron/listeners/local-only.ts';
import { portsOf, stillOpen } from '#electron/site/secure-mode/ports.ts';
import type { Change, Draft } from '../change.ts';
import type { Run } from '../run.ts';
import { proveBlock } from './proofs.ts';
import { allowedOf, blockSteps, putUpBlock, readBlockGround } from './put-up-block.ts';
import { holderOf, remoteSessions } from './remote-sessions.ts';
import type { SecureModeParts } from './secure-mode-parts.ts';

/**
 * Switches secure mode on, or puts it back as it was meant: blocks everything that listens now for every other machine,
 * then proves it. Addresses that were allowed stay so.
 */
export class SwitchSecureModeOn implements Change<Record<string, never>> {
  readonly #parts: SecureModeParts;

  constructor(parts: SecureModeParts) {
    this.#parts = parts;
  }

  async plan(): Promise<Result<Draft>> {
    const parts = this.#parts;
    const ground = await readBlockGround(parts);
    if (!ground.ok) return ground;
    const { listeners, meant, status, before, unread } = ground.value;
    const block = { listeners, allowed: allowedOf(meant, parts.clock.now()) };
    const remote = remoteSessions(status);
    return succeed({
      body: {
        title: 'Switch secure mode on',
        summary: `Blocks ${portsOf(listeners).map(portWords).join(', ')} for every other machine. Services on this machine go on.`,
        steps: blockSteps(parts, ground.value, block),
        affected: remote.map((session) => ({
          who: holderOf(session),
          how: `Cut off: ${session.sessions} session${session.sessions === 1 ? '' : 's'} from another machine end.`,
        })),
        warnings: [
          ...block.allowed.map(({ address }) => `${address} stays allowed.`),
          ...unread.map((sentence) => `${sentence} What only they know of is not blocked.`),
          ...(parts.firewall.kind === 'nftables'
            ? ['Containers on this machine count as other machines: one that uses SQL Server is cut off too.']
            : []),
        ],
        takeBack: { possible: true, how: 'Switch secure mode off; the rules are removed.' },
        consent: null,
      },
      rests: JSON.stringify({ block, rules: before.rules }),
      apply: async (run) => await putUpBlock(parts, ground.value, block, run),
    });
  }

  /** Whether the block is in force for everything that listens now. */
  async isOn(): Promise<Result<boolean>> {
    const now = await this.#parts.firewall.read({ thorough: true });
    if (now.state === 'unknown') return failed(now.cause);
    const status = await this.#parts.status();
    if (!status.ok) return status;
    const { listeners, asked } = await this.#parts.survey(status.value);
    if (asked.some(({ found }) => found.state === 'unknown')) return succeed(false);
    const open = stillOpen(openToOthers(listeners), now.value.blocked);
    return succeed(open.length === 0 && now.value.findings.every(({ effect }) => effect === 'weakens'));
  }

  /** Proves anew that the block holds, for what listens now. Changes nothing. */
  async proofOfOn(run: Run): Promise<Result<Claim[]>> {
    const ground = await readBlockGround(this.#parts);
    if (!ground.ok) return ground;
    const { listeners, meant, unread } = ground.value;
    return await proveBlock(
      this.#parts,
      {
        listeners,
        unread,
        services: this.#parts.serviceLogins,
        allowed: allowedOf(meant, this.#parts.clock.now()),
        endSessions: false,
        whenCutOff: async (why) => await Promise.resolve(why),
      },
      run,
    );
  }
}
