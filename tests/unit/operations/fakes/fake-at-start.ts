import { known } from '#shared/reading.ts';
import { succeed } from '#shared/result.ts';
import type { AtStart } from '#electron/at-start/at-start.ts';
import type { Block } from '#electron/firewall/firewall.ts';
import type { FakeClock } from './fake-clock.ts';
import type { Tripwire } from './tripwire.ts';

/** What runs at the start of the machine, without a machine. */
export class FakeAtStart implements AtStart {
  installed: Block | undefined;
  readonly #wire: Tripwire;
  readonly #clock: FakeClock;

  constructor(wire: Tripwire, clock: FakeClock) {
    this.#wire = wire;
    this.#clock = clock;
  }

  async read(block: Block | undefined) {
    const same = JSON.stringify(this.installed?.listeners) === JSON.stringify(block?.listeners);
    const state: 'installed' | 'not-installed' | 'outdated' =
      this.installed === undefined ? 'not-installed' : same ? 'installed' : 'outdated';
    return await Promise.resolve(known(state, this.#clock.now()));
  }

  describe() {
    return [{ kind: 'command', text: 'systemctl enable mortise' } as const];
  }

  describeRemoval() {
    return [{ kind: 'command', text: 'systemctl disable mortise' } as const];
  }

  async install(block: Block) {
    return await this.#wire.pass('at start: install', () => {
      this.installed = structuredClone(block);
      return succeed();
    });
  }

  async remove() {
    return await this.#wire.pass('at start: remove', () => {
      this.installed = undefined;
      return succeed();
    });
  }
}
