import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const lock = [
  'dbus-send',
  '--session',
  '--print-reply',
  '--dest=org.freedesktop.secrets',
  '/org/freedesktop/secrets',
  'org.freedesktop.Secret.Service.Lock',
  'array:objpath:/org/freedesktop/secrets/collection/login',
] as const;

/**
 * A vendor's tool that takes a password, keeps it in a file beside it, and, where that file's folder says so, locks the
 * keyring of this session as a screen saver may do in the middle of anything.
 */
export async function vendorTool(folder: string): Promise<{ readonly program: string; readonly keeps: string }> {
  const program = join(folder, 'vendor-tool');
  const keeps = join(folder, 'vendor-tool.password');
  const bus = process.env['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  await writeFile(
    program,
    `#!/bin/sh\nread -r password\nprintf %s "$password" > '${keeps}'\nif [ -e '${join(folder, 'lock-it')}' ]; then rm '${join(folder, 'lock-it')}'; DBUS_SESSION_BUS_ADDRESS='${bus}' ${lock.join(' ')} > /dev/null; fi\n`,
    { mode: 0o700 },
  );
  return { program, keeps };
}

/** From now on the tool locks the keyring, once. */
export const lockInTheMiddle = async (folder: string) => await writeFile(join(folder, 'lock-it'), '');

/** Unlock the login keyring: the request that signing in to the desktop makes (gnome-keyring, control protocol of its PAM module). */
const unlockRequest = 1;
const done = 0;

/** As signing in to the desktop again does, with the password of the tests' keyring. */
export async function unlockKeyring(): Promise<void> {
  const password = Buffer.from('test');
  const request = Buffer.alloc(12 + password.length);
  request.writeUInt32BE(request.length, 0);
  request.writeUInt32BE(unlockRequest, 4);
  request.writeUInt32BE(password.length, 8);
  password.copy(request, 12);
  const socket = connect(join(process.env['XDG_RUNTIME_DIR'] ?? '', 'keyring/control'));
  // The first byte carries the credentials of whoever asks.
  socket.write(Buffer.concat([Buffer.from([0]), request]));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  if (answer.readUInt32BE(4) !== done) throw new Error(`The keyring was not unlocked: ${answer.readUInt32BE(4)}`);
}

/** Whether the keyring says so itself. */
export async function keyringIsLocked(): Promise<boolean> {
  const { stdout } = await run('dbus-send', [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.secrets',
    '/org/freedesktop/secrets/collection/login',
    'org.freedesktop.DBus.Properties.Get',
    'string:org.freedesktop.Secret.Collection',
    'string:Locked',
  ]);
  return stdout.includes('boolean true');
}
