import { overlapCidr } from 'cidr-tools';
import { failure } from '#shared/errors.ts';
import { momentWords } from '#shared/moment-words.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { AllowedAddress } from '#shared/secure-mode.ts';
import { allowedFault, togetherFault } from '#electron/firewall/nftables/block-fault.ts';
import { canonical } from '#electron/firewall/nftables/allowed-layers.ts';
import type { Change, Draft } from '../change.ts';
import { allowedOf, blockSteps, putUpBlock, readBlockGround } from './put-up-block.ts';
import type { SecureModeParts } from './secure-mode-parts.ts';

export interface AllowInput {
  readonly allowed: readonly AllowedAddress[];
  readonly reason: string;
}

/** Replaces the addresses that stay allowed while secure mode is on. Every one is a weakening, and is asked for again. */
export class AllowAddresses implements Change<AllowInput> {
  readonly #parts: SecureModeParts;

  constructor(parts: SecureModeParts) {
    this.#parts = parts;
  }

  async plan({ allowed, reason }: AllowInput): Promise<Result<Draft>> {
    const parts = this.#parts;
    const now = parts.clock.now();
    const own = ownAddresses[parts.firewall.kind === 'training' ? 'training' : 'real'];
    const wrong = faultOf(allowed, own, now);
    if (wrong !== undefined) return failed(failure('block-impossible', { cause: wrong }));
    const ground = await readBlockGround(parts);
    if (!ground.ok) return ground;
    const { listeners, meant, before } = ground.value;
    const former = allowedOf(meant, now);
    const block = { listeners, allowed };
    const added = allowed.filter(
      (each) => !former.some((one) => one.address === each.address && one.until === each.until),
    );
    const removed = former.filter((each) => !allowed.some((one) => one.address === each.address));
    if (added.length === 0 && removed.length === 0)
      return failed(failure('already-so', { what: 'exactly these addresses are allowed' }));
    return succeed({
      body: {
        title: 'Change the addresses that stay allowed',
        summary: `${allowed.length === 0 ? 'No other machine stays allowed' : `Stays allowed: ${said(allowed)}`}. Reason: ${reason}`,
        steps: blockSteps(parts, ground.value, block),
        affected: [
          ...added.map((each) => ({
            who: each.address,
            how: `Can reach SQL Server${each.until === null ? '' : ` until ${momentWords(each.until)}`}.`,
          })),
          ...removed.map((each) => ({ who: each.address, how: 'Is cut off from SQL Server; its sessions end.' })),
        ],
        warnings: added.some(({ until }) => until === null)
          ? ['An address without a time stays allowed until somebody takes it off.']
          : [],
        takeBack: { possible: true, how: 'Take the addresses off again.' },
        consent: added.length === 0 ? null : `Let ${said(added)} reach SQL Server on this machine?`,
      },
      rests: JSON.stringify({ block, rules: before.rules }),
      apply: async (run) => await putUpBlock(parts, ground.value, block, run),
    });
  }
}

const said = (some: readonly AllowedAddress[]) => some.map(say).join(', ');

const say = ({ address, until }: AllowedAddress) =>
  until === null ? address : `${address} until ${momentWords(until)}`;

/** Those that are never blocked. At the training site the other machine is another one of the loopback network. */
const ownAddresses = {
  real: ['127.0.0.0/8', '::1/128'],
  training: ['127.0.0.1/32', '::1/128'],
};

function faultOf(allowed: readonly AllowedAddress[], own: string[], now: Date): string | undefined {
  for (const [index, { address, until }] of allowed.entries()) {
    if (until !== null && new Date(until) <= now) return `the time of ${address} has passed`;
    const fault = allowedFault(address);
    if (fault !== undefined) return fault;
    const { range } = canonical(address);
    if (overlapCidr(own, range)) return `${address} is this machine, which is never blocked`;
    const other = allowed.slice(index + 1).find((each) => overlapCidr(range, canonical(each.address).range));
    if (other !== undefined) return `${address} and ${other.address} overlap`;
  }
  return togetherFault(allowed.map(({ address }) => address));
}
