import { isIP } from 'node:net';
import { containsCidr } from 'cidr-tools';
import { portWords } from '#shared/port-words.ts';
import type { Reading } from '#shared/reading.ts';
import type { AllowedAddress, ListenerSurvey } from '#shared/secure-mode.ts';
import type { FirewallState } from '#electron/firewall/firewall.ts';
import { stillAllowed } from '#electron/firewall/still-allowed.ts';
import { openToOthers } from '#electron/listeners/local-only.ts';
import type { MeantBlock } from './meant-block.ts';
import { portsOf, sayListener, stillOpen } from './ports.ts';

/** Whether one of them is this client's. An address that SQL Server words in another way is none of them. */
export function isAllowed(allowed: readonly AllowedAddress[], client: string): boolean {
  const address = client.replace(/^::ffff:/iu, '').replace(/%.*$/u, '');
  return isIP(address) !== 0 && allowed.some((each) => containsCidr(each.address, address));
}

/** Whether the machine that probed is one that is let through; `from` is its name, its address, or both. */
export const mayComeThrough = (allowed: readonly AllowedAddress[], from: string): boolean =>
  from.split(/[\s(),]+/u).some((word) => isAllowed(allowed, word));

/**
 * What is no longer as it was switched on, in sentences. Nothing where it is not meant to be on, or the firewall cannot
 * be read: that is unknown, not drift.
 */
export function driftOfBlock(
  meant: MeantBlock | undefined,
  firewall: Reading<FirewallState>,
  survey: ListenerSurvey,
  now: Date,
): readonly string[] {
  if (meant === undefined || firewall.state === 'unknown') return [];
  const { rules, blocked, allowed, findings } = firewall.value;
  if (rules.length === 0) {
    const why = findings.filter(({ effect }) => effect === 'voids').map(({ sentence }) => sentence);
    return why.length > 0 ? why : ['The rules of secure mode are gone.'];
  }
  const meantAllowed = stillAllowed(meant.allowed, now);
  return [
    ...stillOpen(portsOf(meant.listeners), blocked).map((port) => `${portWords(port)} is no longer blocked.`),
    ...stillOpen(openToOthers(survey.listeners).filter(listensNow), [...meant.listeners, ...blocked]).map(
      (listener) =>
        `SQL Server listens on ${sayListener(listener)}, which it did not when secure mode was switched on.`,
    ),
    ...without(allowed, meantAllowed).map(({ address }) =>
      meant.allowed.some((each) => each.address === address)
        ? `${address} is still let through, though its time has passed.`
        : `${address} is let through, and nobody allowed it here.`,
    ),
    ...without(meantAllowed, allowed).map(({ address }) => `${address} is no longer let through.`),
    ...findings
      .filter(
        ({ effect, sentence }) => effect === 'voids' || (effect === 'weakens' && !meant.accepted.includes(sentence)),
      )
      .map(({ sentence }) => sentence),
  ];
}

/** What is only written for the next start is not drift yet. */
const listensNow = ({ sources }: ListenerSurvey['listeners'][number]): boolean =>
  sources.some((source) => source !== 'configuration');

const without = (some: readonly AllowedAddress[], others: readonly AllowedAddress[]) =>
  some.filter(({ address }) => !others.some((other) => other.address === address));
