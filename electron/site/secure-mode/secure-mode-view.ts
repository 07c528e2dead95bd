import type { Failure } from '#shared/errors.ts';
import { mapReading } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { InstanceLayer, ListenerSurvey, SecureMode } from '#shared/secure-mode.ts';
import type { SessionGroup } from '#shared/snapshot.ts';
import type { Firewall, FirewallState } from '#electron/firewall/firewall.ts';
import { blockDigest } from '#electron/firewall/kept-probe.ts';
import type { KeptProbe } from '#electron/firewall/kept-probe.ts';
import { stillAllowed } from '#electron/firewall/still-allowed.ts';
import type { Finding } from '#shared/secure-mode.ts';
import { driftOfBlock, isAllowed } from './drift.ts';
import type { MeantBlock } from './meant-block.ts';
import { judgeSecureMode } from './verdict.ts';

/** Everything that was read for it. */
export interface SecureModeGround {
  readonly kind: Firewall['kind'];
  readonly survey: ListenerSurvey;
  readonly firewall: Reading<FirewallState>;
  readonly sessions: Reading<readonly SessionGroup[]>;
  readonly meant: Reading<MeantBlock | undefined>;
  readonly probe: KeptProbe['answer'];
  readonly atStart: SecureMode['atStart'];
  readonly instance: Reading<InstanceLayer>;
  readonly layers: readonly InstanceLayer[];
  readonly canProbe: boolean;
  readonly watch: Failure | null;
  readonly besides: readonly Finding[];
  readonly now: Date;
}

/** Secure mode as every screen shows it. */
export function secureModeOf(ground: SecureModeGround): SecureMode {
  const { kind, survey, firewall, sessions, meant, atStart, instance, layers, canProbe, watch, besides, now } = ground;
  const probe = probeOf(ground);
  const meantBlock = meant.state === 'known' ? meant.value : undefined;
  const allowed = stillAllowed(meantBlock?.allowed ?? [], now);
  // Whoever is allowed is said to be; its sessions are no others left behind.
  const others = mapReading(sessions, (groups) =>
    groups.filter(({ origin, address }) => origin !== 'remote' || !isAllowed(allowed, address)),
  );
  return {
    ...judgeSecureMode({ survey, firewall, sessions: others, probe, besides }),
    firewall: kind,
    rules: mapReading(firewall, ({ rules }) => [...rules]),
    allowed: [...allowed],
    meant: mapReading(meant, (block) => (block === undefined ? null : { since: block.since, by: block.by })),
    drift: [...driftOfBlock(meantBlock, firewall, survey, now)],
    watch,
    probe,
    atStart,
    instance,
    layers: [...layers],
    canProbe,
  };
}

/** Only an answer about the block that is in force now. */
function probeOf({ probe, firewall, meant }: SecureModeGround): SecureMode['probe'] {
  if (probe === null || firewall.state === 'unknown' || meant.state === 'unknown') return { state: 'not-probed' };
  if (blockDigest(firewall.value.rules, meant.value?.since) !== probe.block) return { state: 'not-probed' };
  const { by, from, at, seen, untried } = probe;
  return { state: 'probed', by, from, at, seen, untried };
}
