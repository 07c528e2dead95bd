import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPeer, withPeer } from './peer.ts';

const run = promisify(execFile);
const program = join(import.meta.dirname, 'keyring-program.ts');
const unlocked = 'printf test | gnome-keyring-daemon --unlock --components=secrets --daemonize';
const locked = 'gnome-keyring-daemon --start --components=secrets';
const none = 'true';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'mortise-keyring-'));
  await mkdir(join(home, 'run'), { mode: 0o700 });
});
afterEach(() => rm(home, { recursive: true }));

/** A bus that lets nobody send this to the keyring, as a machine's policy may. */
async function busThatForbids(what: string): Promise<string> {
  const file = join(home, 'bus.conf');
  const rule = `<deny send_destination="org.freedesktop.secrets" ${what}/>`;
  const common = '<include>/usr/share/dbus-1/session.conf</include>';
  await writeFile(
    file,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd"><busconfig>${common}<policy context="mandatory">${rule}</policy></busconfig>`,
  );
  return `--config-file=${file}`;
}

/** A desktop session without a display, with a keyring of its own that is kept in `home` from one to the next. */
async function session(keyring: string, operations: readonly string[], ...bus: readonly string[]): Promise<unknown> {
  const environment = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_DATA_HOME: home,
    XDG_RUNTIME_DIR: join(home, 'run'),
  };
  const script = `(${keyring}) >/dev/null 2>&1; exec "$@"`;
  const { stdout } = await run(
    'dbus-run-session',
    [...bus, '--', 'sh', '-c', script, 'sh', process.execPath, program, ...operations],
    { env: environment, timeout: 60_000 },
  );
  return JSON.parse(stdout);
}

withPeer(findPeer('dbus-run-session'), () => {
  withPeer(findPeer('gnome-keyring-daemon'), () => {
    describe('a Secret Service without a display', () => {
      it('keeps a record from one session to the next', async () => {
        expect(await session(unlocked, ['write', 'read', 'absent'])).toEqual({
          write: 'ok',
          read: 'kept',
          absent: 'ok',
        });
        expect(await session(unlocked, ['read', 'remove'])).toEqual({ read: 'kept', remove: 'ok' });
      });

      it('is said to be locked when it is, though it answers that there is nothing in it', async () => {
        await session(unlocked, ['write']);
        const said = { write: 'keychain-locked', read: 'keychain-locked', remove: 'keychain-locked' };
        expect(await session(locked, ['write', 'read', 'remove'])).toEqual(said);
        expect(await session(unlocked, ['read'])).toEqual({ read: 'kept' });
      });

      it.each([
        ['everything', ''],
        ['what changes a keyring', 'send_interface="org.freedesktop.Secret.Collection"'],
      ])('is said to refuse when a policy forbids %s, and keeps what it holds', async (_what, forbidden) => {
        await session(unlocked, ['write']);
        const said = { write: 'keychain-denied', absent: 'keychain-denied' };
        expect(await session(unlocked, ['write', 'absent'], await busThatForbids(forbidden))).toEqual(said);
        expect(await session(unlocked, ['read'])).toEqual({ read: 'kept' });
      });

      it('is said to be absent when no service answers', async () => {
        expect(await session(none, ['read'])).toEqual({ read: 'keychain-absent' });
      });
    });
  });
});
