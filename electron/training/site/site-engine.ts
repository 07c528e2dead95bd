import { createEngine, restore } from '../engine/engine.ts';
import { trainingModel } from '../engine/training-model.ts';
import type { EngineMaker } from './engine.ts';

/** A heartbeat moves by itself; two sites that differ in nothing else are the same. */
const movesByItself = (table: string, column: string) => table === 'Controllers' && column === 'LastSeenUtc';

/** The engine of the training site: restored from its disk, or as on the first day. */
export const makeSiteEngine: EngineMaker = ({ stored, controllers, listeners, onChange }) => {
  const model = stored === undefined ? trainingModel({ controllers }) : restore(stored);
  const engine = createEngine({ model, listeners, onChange });
  return {
    login: async (request, disconnect) => await engine.login(request, disconnect),
    admits: (address, port) => engine.admits(address, port),
    encode: () => engine.snapshot(),
    image: () => engine.image(movesByItself),
  };
};
