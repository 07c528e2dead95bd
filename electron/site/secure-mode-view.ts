import { failure } from '#shared/errors.ts';
import { mapReading } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { Listener, SecureMode } from '#shared/snapshot.ts';
import type { FirewallState, ProbeReport } from '#electron/firewall/firewall.ts';
import { stillOpen } from './network-view.ts';

const say = (listener: Listener) => `${listener.protocol.toUpperCase()} ${listener.port}`;

/** Judges what was read. Nothing unknown ever yields "in force". */
export function secureModeOf(
  firewall: Reading<FirewallState>,
  listeners: Reading<readonly Listener[]>,
  probed: ProbeReport | undefined,
): Reading<SecureMode> {
  if (listeners.state === 'unknown' && firewall.state === 'known' && firewall.value.rules.length > 0) {
    // Rules without knowing what listens prove nothing.
    return { state: 'unknown', at: firewall.at, cause: listeners.cause ?? failure('connection-lost') };
  }
  return mapReading(firewall, (state): SecureMode => {
    const all = listeners.state === 'known' ? listeners.value : [];
    const open = stillOpen(all, state.blocked);
    const reached = probed?.reached.map(say) ?? [];
    const reasons = [
      ...(state.rules.length === 0
        ? ['None of our rules is in force.']
        : open.map((listener) => `${say(listener)} (${listener.purpose}) is not blocked.`)),
      ...state.overriddenBy,
      ...(state.rules.length > 0 && reached.length > 0
        ? [`The other machine still reached ${reached.join(', ')}.`]
        : []),
    ];
    const verdict =
      state.rules.length === 0 || (open.length > 0 && open.length === all.length)
        ? 'not-in-force'
        : reasons.length > 0
          ? 'in-force-but'
          : 'in-force';
    return {
      verdict,
      reasons,
      rules: [...state.rules],
      probe:
        probed === undefined
          ? { state: 'not-probed' }
          : { state: 'probed', from: probed.from, at: probed.at, reached, refused: probed.refused.map(say) },
    };
  });
}
