import { writeFileSync } from 'node:fs';
import { inspect, isDeepStrictEqual } from 'node:util';

/**
 * Stands in for the test runner where it does not run: declares tests under the same names and with the matchers that the
 * contracts use, runs them one after another, and writes down what each did. A matcher that is not here is a fault.
 */
interface Test {
  readonly name: string;
  readonly body: () => unknown;
}

const tests: Test[] = [];
const path: string[] = [];

export function describe(name: string, body: () => void): void {
  path.push(name);
  body();
  path.pop();
}

export function it(name: string, body: () => unknown): void {
  tests.push({ name: [...path, name].join(' > '), body });
}

it.each =
  (rows: readonly unknown[]) =>
  (name: string, body: (...row: readonly unknown[]) => unknown): void => {
    for (const row of rows) {
      const values: readonly unknown[] = Array.isArray(row) ? row : [row];
      it(name.replace(/%[sdj]/, String(values[0])), () => body(...values));
    }
  };

const holds = (container: unknown, part: unknown) =>
  typeof container === 'string'
    ? container.includes(String(part))
    : Array.isArray(container) && container.includes(part);

const matchers: Readonly<Record<string, (actual: unknown, wanted: unknown) => boolean>> = {
  toBe: (actual, wanted) => Object.is(actual, wanted),
  toEqual: (actual, wanted) => isDeepStrictEqual(actual, wanted),
  toContain: holds,
  toMatch: (actual, wanted) => wanted instanceof RegExp && wanted.test(String(actual)),
  toBeGreaterThan: (actual, wanted) => Number(actual) > Number(wanted),
  toBeLessThanOrEqual: (actual, wanted) => Number(actual) <= Number(wanted),
  toBeUndefined: (actual) => actual === undefined,
  toHaveLength: (actual, wanted) => (actual as ArrayLike<unknown>).length === wanted,
};

function assertions(actual: unknown, negated: boolean): object {
  return new Proxy(
    {},
    {
      get: (_, name: string) => {
        if (name === 'not') return assertions(actual, !negated);
        const matcher = matchers[name];
        if (matcher === undefined) throw new Error(`The matcher ${name} is not known under Wine.`);
        return (wanted: unknown) => {
          if (matcher(actual, wanted) !== negated) return;
          throw new Error(`${inspect(actual)} ${negated ? 'not ' : ''}${name} ${inspect(wanted)}`);
        };
      },
    },
  );
}

export const expect = (actual: unknown): object => assertions(actual, false);

/** Runs what was declared, in order, and writes the outcomes when all are through. */
export async function runAll(into: string): Promise<void> {
  const outcomes: { name: string; fault: string | null }[] = [];
  for (const { name, body } of tests) {
    try {
      await body();
      outcomes.push({ name, fault: null });
    } catch (error) {
      outcomes.push({ name, fault: error instanceof Error ? (error.stack ?? error.message) : inspect(error) });
    }
    process.stdout.write(`${name}: ${outcomes.at(-1)?.fault ?? 'ok'}\n`);
  }
  writeFileSync(into, JSON.stringify(outcomes));
}
