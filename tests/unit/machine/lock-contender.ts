import { createFileLock } from '#electron/machine/file-lock.ts';

/** A process of its own that takes the lock and tells how that went; it holds it until it is told to go on or killed. */
const [folder = '', mode = 'hold'] = process.argv.slice(2);
const lock = createFileLock({
  folder,
  actor: { account: `contender ${process.pid}`, elevated: false, machine: 'here' },
  clock: { now: () => new Date() },
});

function say(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

if (mode === 'race') {
  say('ready');
  process.stdin.once('data', () => {
    void lock.take('race').then((result) => say(result.ok ? 'won' : result.error.code));
  });
} else {
  const result = await lock.take(mode);
  say(result.ok ? 'won' : result.error.code);
  process.stdin.once('data', () => {
    void (result.ok ? result.value.release() : Promise.resolve()).then(() => say('released'));
  });
}
