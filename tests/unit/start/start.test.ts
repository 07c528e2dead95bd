import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBuilt } from '../../../build/start/built.ts';
import { findDisplay, x11Addresses } from '../../../build/start/display.ts';
import { checksumsAddress, findRuntime } from '../../../build/start/runtime.ts';

const silent = () => undefined;
const temporary = () => mkdtempSync(path.join(tmpdir(), 'mortise-start-'));

describe('npm start', () => {
  it('says that there is no display where none is named, and where the named one is gone', async () => {
    expect(await findDisplay('linux', {})).toMatchObject({
      present: false,
      why: expect.stringContaining('no display'),
    });
    expect(await findDisplay('linux', { DISPLAY: ':4711' })).toMatchObject({
      present: false,
      why: expect.stringContaining(':4711 does not answer'),
    });
  });

  it('finds a Wayland display by its socket', async () => {
    const runtime = temporary();
    const compositor = createServer().listen(path.join(runtime, 'wayland-7'));
    try {
      const environment = { WAYLAND_DISPLAY: 'wayland-7', XDG_RUNTIME_DIR: runtime };
      expect(await findDisplay('linux', environment)).toEqual({ present: true, protocol: 'wayland' });
    } finally {
      compositor.close();
    }
  });

  it('knows where an X server listens, near and far', () => {
    expect(x11Addresses(':1.0')).toEqual([{ path: '/tmp/.X11-unix/X1' }, { path: '\0/tmp/.X11-unix/X1' }]);
    expect(x11Addresses('far:2')).toEqual([{ host: 'far', port: 6002 }]);
    expect(x11Addresses('nonsense')).toEqual([]);
  });

  it('uses the runtime of a named folder, and says so when there is none in it', async () => {
    const folder = temporary();
    const environment = { MORTISE_TEST_ELECTRON: folder };
    expect(await findRuntime(folder, environment, silent)).toMatchObject({ found: false });
    const name = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform as string];
    const executable = path.join(folder, name ?? 'electron');
    mkdirSync(path.dirname(executable), { recursive: true });
    writeFileSync(executable, '');
    expect(await findRuntime(folder, environment, silent)).toEqual({ found: true, executable });
  });

  it('asks the place that the download would ask', () => {
    expect(checksumsAddress('45.4.1', {})).toBe(
      'https://github.com/electron/electron/releases/download/v45.4.1/SHASUMS256.txt',
    );
    expect(checksumsAddress('45.4.1', { ELECTRON_MIRROR: 'https://mirror.example/electron/' })).toBe(
      'https://mirror.example/electron/v45.4.1/SHASUMS256.txt',
    );
  });

  it('gives a reason, and downloads nothing, where the place cannot be reached', async () => {
    const folder = temporary();
    mkdirSync(path.join(folder, 'node_modules/electron'), { recursive: true });
    writeFileSync(path.join(folder, 'node_modules/electron/package.json'), '{"version":"45.4.1"}');
    // Nothing listens on the discard port of the loopback.
    const environment = { ELECTRON_MIRROR: 'http://127.0.0.1:9/' };
    const said: string[] = [];
    const runtime = await findRuntime(folder, environment, (line) => said.push(line));
    expect(runtime).toMatchObject({ found: false, why: expect.stringContaining('127.0.0.1:9 cannot be reached') });
    expect(said).toEqual([]);
  });

  it('builds when a source is newer than the build, when one was removed, and when nothing is built', () => {
    const root = temporary();
    const at = (place: string, seconds: number) => utimesSync(path.join(root, place), seconds, seconds);
    for (const folder of ['electron', 'renderer', 'shared', 'out/main', 'out/preload', 'out/renderer']) {
      mkdirSync(path.join(root, folder), { recursive: true });
    }
    for (const name of ['electron/a.ts', 'electron/b.ts']) writeFileSync(path.join(root, name), '');
    expect(isBuilt(root)).toBe(false);
    for (const name of ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html']) {
      writeFileSync(path.join(root, name), '');
      at(name, 2000);
    }
    for (const place of ['electron/a.ts', 'electron/b.ts', 'electron', 'renderer', 'shared']) at(place, 1000);
    expect(isBuilt(root)).toBe(true);
    at('electron/a.ts', 3000);
    expect(isBuilt(root)).toBe(false);
    at('electron/a.ts', 1000);
    expect(isBuilt(root)).toBe(true);
    rmSync(path.join(root, 'electron/b.ts'));
    expect(isBuilt(root)).toBe(false);
  });
});
