// The one file that any Node can read: says in a sentence when this Node cannot run the sources, else hands over.
// Usage: node build/run.mjs start|test [arguments]
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const runsTypeScript = major > 22 || (major === 22 && minor >= 18);
const task = process.argv[2];

if (!runsTypeScript) {
  console.error(
    `Mortise runs from its sources on Node 22.18 or newer, and this is ${process.versions.node}: ` +
      'run "npm install" without --omit=optional, which brings a Node 24 for npm scripts, or install a newer Node.',
  );
  process.exitCode = 1;
} else {
  process.argv.splice(2, 1);
  await (task === 'test' ? import('./test.ts') : import('./start.ts'));
}
