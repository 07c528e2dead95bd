import { nftablesFirewall } from '#electron/firewall/nftables/nftables.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { privilegedBy } from '#electron/machine/privileged.ts';

// A process that watches the firewall until it ends, however it does.

nftablesFirewall({ clock: systemClock, privileged: privilegedBy() }).watch(
  () => process.stdout.write('changed\n'),
  (why) => process.stdout.write(`${why.sentence}\n`),
);
setInterval(() => undefined, 60_000);
process.stdout.write('watches\n');
