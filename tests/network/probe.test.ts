import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

type Saw = Readonly<Record<string, string>>;

/** With a network of its own, where anybody is root: nobody else's rules are touched. */
async function probesInNamespace(): Promise<{ readonly before: Saw; readonly on: Saw; readonly off: Saw }> {
  const program = join(import.meta.dirname, 'probe-program.ts');
  const { stdout } = await promisify(execFile)('/usr/bin/unshare', ['-rn', process.execPath, program], {
    env: { LC_ALL: 'C' },
    timeout: 60_000,
  });
  return JSON.parse(stdout) as { readonly before: Saw; readonly on: Saw; readonly off: Saw };
}

/** What was seen at both families, which must be the same for those that are named. */
const both = (port: string, saw: string): Saw => ({ [`127.0.0.1 ${port}`]: saw, [`::1 ${port}`]: saw });

describe('The probe before real rules', () => {
  let seen: { readonly before: Saw; readonly on: Saw; readonly off: Saw };
  beforeAll(async () => {
    seen = await probesInNamespace();
  }, 70_000);

  it('sees what is open before them, and again after them', () => {
    const open = { ...both('1433/tcp', 'open'), ...both('1434/udp', 'answered'), ...both('1501/tcp', 'refused') };
    expect(seen.before).toMatchObject(open);
    expect(seen.off).toEqual(seen.before);
  });

  it('calls filtered what is dropped, of both families and protocols', () => {
    expect(seen.on).toMatchObject({ ...both('1433/tcp', 'filtered'), ...both('1434/udp', 'filtered') });
  });

  it('calls refused what is reset or told to be an unreachable port', () => {
    expect(seen.on).toMatchObject({
      ...both('1501/tcp', 'refused'),
      ...both('1502/tcp', 'refused'),
      ...both('1501/udp', 'refused'),
    });
  });

  it('calls untried what the network says of the whole machine, for that may be no word of the machine', () => {
    expect(seen.on).toMatchObject({
      '127.0.0.1 1503/tcp': 'untried: unreachable',
      '::1 1503/tcp': 'untried: forbidden',
      ...both('1504/tcp', 'untried: unreachable'),
      ...both('1505/tcp', 'untried: no-route'),
    });
  });

  it('never calls a port closed to whose machine there is no way', () => {
    for (const phase of [seen.before, seen.on, seen.off]) {
      const away = Object.entries(phase).filter(([place]) => place.startsWith('192.0.2.7 '));
      expect(away).toHaveLength(8);
      expect(new Set(away.map(([, saw]) => saw))).toEqual(new Set(['untried: no-route']));
    }
  });
});
