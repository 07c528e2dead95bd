import { coldStart } from './cold-start.ts';
import { readingGrowth } from './reading-growth.ts';
import { rotationOverhead } from './rotation-overhead.ts';
import { secureMode } from './secure-mode.ts';
import { switchingGrowth } from './switching-growth.ts';
import { statusTraffic } from './status-traffic.ts';

// npm run bench: ratios measured side by side in one run. Absolute times depend on the machine and are shown for scale only.

const only = process.argv[2];
for (const [name, bench] of Object.entries({
  'status-traffic': statusTraffic,
  'reading-growth': readingGrowth,
  'switching-growth': switchingGrowth,
  'rotation-overhead': rotationOverhead,
  'secure-mode': secureMode,
  'cold-start': coldStart,
})) {
  if (only !== undefined && only !== name) continue;
  console.log(`\n${name}`);
  for (const line of await bench()) console.log(`  ${line}`);
}
process.exit(0);
