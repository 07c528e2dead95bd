import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { openKit, sealKit } from '#electron/secrets/recovery-kit.ts';
import type { RecoveryKit } from '#electron/secrets/recovery-kit.ts';
import { recordOf } from '#tests/unit/secrets/secret-store-contract.ts';
import { findPeer, withPeer } from './peer.ts';

const run = promisify(execFile);
const passphrase = 'three doors and a lake';
const kit: RecoveryKit = {
  site: { name: 'Head office', endpoint: 'ACS-SRV-01,1433' },
  madeAt: '2026-11-21T20:00:00.000Z',
  madeBy: 'ines',
  logins: [{ login: 'acs_service', record: recordOf('Kanarie "1" &ü€', null, 'former') }],
};

/** age asks for its passphrase on a terminal and nowhere else: Python makes one. */
const atTerminal = `
import os, pty, sys, time
answers, command = int(sys.argv[1]), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
for _ in range(answers):
    seen = b''
    while b':' not in seen:
        seen += os.read(terminal, 1000)
    os.write(terminal, sys.argv[2].encode() + b'\\n')
    time.sleep(0.3)
try:
    while os.read(terminal, 1000): pass
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-age-'));
});
afterEach(() => rm(folder, { recursive: true }));

const age = async (asks: number, ...args: readonly string[]) =>
  await run('python3', ['-c', atTerminal, String(asks), passphrase, 'age', ...args], { timeout: 60_000 });

withPeer(findPeer('age'), () => {
  describe("Debian's age and a recovery kit", () => {
    it('opens what Mortise sealed', async () => {
      const sealed = join(folder, 'kit.age');
      const opened = join(folder, 'kit.json');
      await writeFile(sealed, await sealKit(kit, new Secret(passphrase)));
      await age(1, '-d', '-o', opened, sealed);
      expect(JSON.parse(await readFile(opened, 'utf8'))).toMatchObject({
        format: 1,
        logins: [{ login: 'acs_service', current: 'Kanarie "1" &ü€', pending: null, previous: 'former' }],
      });
      const again = join(folder, 'again.age');
      await age(2, '-p', '-o', again, opened);
      const ours = await openKit({ path: again, bytes: await readFile(again) }, new Secret(passphrase));
      expect(ours).toMatchObject({ ok: true, value: { site: kit.site } });
      const wrong = await openKit({ path: again, bytes: await readFile(again) }, new Secret('another one'));
      expect(wrong).toMatchObject({ ok: false, error: { code: 'kit-passphrase' } });
    });
  });
});
