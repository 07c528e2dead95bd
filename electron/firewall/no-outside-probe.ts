import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { OutsideProbe } from './firewall.ts';

/** Where Mortise reaches no second machine by itself: an engineer runs the probe there and brings its answer. */
export const noOutsideProbe: OutsideProbe = {
  possible: false,
  probe: async () =>
    await Promise.resolve(failed(failure('probe-failed', { cause: 'Mortise reaches no other machine by itself' }))),
};
