import { describe, expect, it } from 'vitest';
import { privilegedBy } from '#electron/machine/privileged.ts';
import { removeStandIns, standIn } from './stand-in.ts';

removeStandIns();

const nowhere = '/nonexistent/program';
const quick = { mayAsk: false, limit: 5_000 };
const asking = { ...quick, mayAsk: true };
const display = { DISPLAY: ':9' };

/** sudo as it is where it allows everything silently, and where it wants a password (sudo(8) ends with 1 then). */
const willing = async () => await standIn('sudo', 'shift 2; exec "$@"');
const unwilling = async () => await standIn('sudo', 'echo "sudo: a password is required" >&2; exit 1');
const asked = async (text: string) => await standIn('pkexec', text);

describe('a program that needs the rights of root', () => {
  it('is run by root as it is, with its input, its output and its end', async () => {
    const program = await standIn('program', 'cat; echo "$1" >&2; exit 7');
    const root = privilegedBy({ uid: 0, sudo: nowhere, pkexec: nowhere, display: undefined });
    expect(await root.run(program, ['two words'], { ...quick, input: 'given' })).toEqual({
      kind: 'ended',
      exitCode: 7,
      output: 'given',
      errors: 'two words\n',
    });
  });

  it('gets nothing of the surroundings of whoever started Mortise', async () => {
    const program = await standIn('program', 'env');
    process.env['MORTISE_TEST_OF_SURROUNDINGS'] = 'seen';
    const root = privilegedBy({ uid: 0, sudo: nowhere, pkexec: nowhere, display });
    const answer = await root.run(program, [], quick);
    delete process.env['MORTISE_TEST_OF_SURROUNDINGS'];
    expect(answer).toMatchObject({ kind: 'ended', output: expect.stringContaining('LC_ALL=C') });
    expect(answer).toMatchObject({ output: expect.not.stringMatching(/MORTISE_TEST|DISPLAY/u) });
  });

  it('is known to be missing, to be killed, and to be late', async () => {
    const root = privilegedBy({ uid: 0, sudo: nowhere, pkexec: nowhere, display: undefined });
    expect(await root.run(nowhere, [], quick)).toEqual({ kind: 'missing', program: nowhere });
    expect(await root.run(await standIn('dies', 'kill -SEGV $$'), [], quick)).toEqual({
      kind: 'killed',
      signal: 'SIGSEGV',
    });
    const hangs = await standIn('hangs', 'sleep 60 & wait');
    expect(await root.run(hangs, [], { ...quick, limit: 100 })).toEqual({ kind: 'late' });
  });

  it('goes through sudo where that is silent, and nobody is asked', async () => {
    const program = await standIn('program', 'echo "$1"; exit 1');
    const pkexec = await asked('echo asked; exit 0');
    const some = privilegedBy({ uid: 1000, sudo: await willing(), pkexec, display });
    expect(await some.run(program, ['done'], asking)).toMatchObject({ kind: 'ended', exitCode: 1, output: 'done\n' });
  });

  it('is refused where sudo wants a password and nobody may be asked', async () => {
    const program = await standIn('program', 'echo ran');
    const pkexec = await asked('echo asked');
    const some = privilegedBy({ uid: 1000, sudo: await unwilling(), pkexec, display });
    expect(await some.run(program, [], quick)).toMatchObject({ kind: 'refused' });
    const without = privilegedBy({ uid: 1000, sudo: await unwilling(), pkexec, display: undefined });
    expect(await without.run(program, [], asking)).toMatchObject({ kind: 'refused' });
    const bare = privilegedBy({ uid: 1000, sudo: nowhere, pkexec: nowhere, display });
    expect(await bare.run(program, [], asking)).toMatchObject({ kind: 'refused' });
  });

  it('is asked for in a window where sudo is not enough', async () => {
    const program = await standIn('program', 'echo "ran $1"');
    const pkexec = await asked('test "$DISPLAY" = :9 && exec "$@"');
    const some = privilegedBy({ uid: 1000, sudo: await unwilling(), pkexec, display });
    expect(await some.run(program, ['well'], asking)).toMatchObject({
      kind: 'ended',
      exitCode: 0,
      output: 'ran well\n',
    });
  });

  it('tells a question that was dismissed from rights that were not given', async () => {
    const program = await standIn('program', 'echo ran');
    const by = async (exitCode: number) =>
      await privilegedBy({ uid: 1000, sudo: nowhere, pkexec: await asked(`exit ${exitCode}`), display }).run(
        program,
        [],
        asking,
      );
    expect(await by(126)).toEqual({ kind: 'cancelled' });
    expect(await by(127)).toMatchObject({ kind: 'refused' });
  });

  it('is missing and not refused where it is not on the machine, and nobody is asked for it', async () => {
    const some = privilegedBy({ uid: 1000, sudo: await unwilling(), pkexec: await asked('exit 126'), display });
    expect(await some.run(nowhere, [], asking)).toEqual({ kind: 'missing', program: nowhere });
  });
});
