import { describe, expect, it } from 'vitest';
import { contradicts, readCommandLine } from '#electron/shell/command-line.ts';

describe('A packaged Mortise', () => {
  it.each([
    '--remote-debugging-port=9222',
    '--renderer-cmd-prefix=/tmp/x',
    '--gpu-launcher=/tmp/x',
    '--no-sandbox',
    '--inspect',
    '--inspect-brk=0.0.0.0:1',
    '--js-flags=--expose-gc',
    '--load-extension=/tmp/x',
    '-r',
    '/tmp/app',
    'constructor',
    '__proto__=1',
    '--state-folder=/tmp/planted',
    '--training=yes',
    '--training-port=0',
    '--training-port=70000',
    '--training-port=0x10',
    '--controllers=',
    '--site',
    '--site=../a',
    '--profile=',
    '',
  ])('refuses to start with %s', (argument) => {
    expect(readCommandLine(['--training', argument], true).understood).toBe(false);
  });

  it('names the refused argument without its value', () => {
    expect(readCommandLine(['--gpu-launcher=/tmp/x'], true)).toEqual({ understood: false, refused: '--gpu-launcher' });
  });

  it('takes the switches on its list', () => {
    expect(readCommandLine(['--training', '--training-port=1433', '--controllers=5000'], true)).toEqual({
      understood: true,
      options: {
        trainingOnly: true,
        trainingPort: 1433,
        controllers: 5000,
        siteId: undefined,
        profilePath: undefined,
        stateFolder: undefined,
      },
    });
  });
});

describe('Mortise started from the repository', () => {
  it("leaves Electron's and the test driver's switches alone, and takes a state folder", () => {
    const read = readCommandLine(['--inspect=0', '--no-sandbox', '/work', '--state-folder=/tmp/a=b'], false);
    expect(read).toMatchObject({ understood: true, options: { stateFolder: '/tmp/a=b' } });
  });

  it('still refuses a value that does not fit', () => {
    expect(readCommandLine(['--training-port=x'], false)).toEqual({ understood: false, refused: '--training-port' });
  });
});

const asked = (...args: readonly string[]) => {
  const read = readCommandLine(args, true);
  return read.understood && contradicts(read.options);
};

describe('A Mortise that is asked for a real site', () => {
  it('takes one of the library, or a profile', () => {
    expect(asked('--site=north-gate')).toBe(false);
    expect(asked('--profile=/srv/north-gate.json')).toBe(false);
    expect(asked('--training', '--training-port=1433')).toBe(false);
  });

  it.each([
    ['two sites', ['--site=a', '--profile=/a.json']],
    ['the training site besides', ['--site=a', '--training']],
    ['a port of the training site', ['--profile=/a.json', '--training-port=1433']],
    ['controllers of the training site', ['--site=a', '--controllers=5']],
  ])('refuses %s', (_what, args) => {
    expect(asked(...args)).toBe(true);
  });
});
