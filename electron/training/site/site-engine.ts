import { createEngine, restore } from '../engine/engine.ts';
import { trainingModel } from '../engine/training-model.ts';
import type { EngineMaker } from './engine.ts';

/**
 * What two sites may differ in and still mean the same: when a controller was heard of last, and when the events of the
 * first day happened, which counts back from the day on which the site was made.
 */
const timesThatPass: ReadonlySet<string> = new Set(['Controllers.LastSeenUtc', 'Events.HappenedUtc']);

/** The engine of the training site: restored from its disk, or as on the first day. */
export const makeSiteEngine: EngineMaker = ({ stored, controllers, listeners, onChange }) => {
  const model = stored === undefined ? trainingModel({ controllers }) : restore(stored);
  const engine = createEngine({ model, listeners, onChange });
  return {
    login: async (request, disconnect) => await engine.login(request, disconnect),
    admits: (address, port) => engine.admits(address, port),
    encode: () => engine.snapshot(),
    image: () => engine.image((table, column) => timesThatPass.has(`${table}.${column}`)),
  };
};
