import { assertNever } from '#shared/assert-never.ts';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { login } from '#tests/unit/operations/fakes/fake-database.ts';
import type { Seeded } from '#tests/peers/seeded.ts';
import { clockJump } from '../fault-columns.ts';
import type { FaultColumn } from '../fault-columns.ts';
import type { Transition } from '../transitions.ts';
import type { TornSite } from './torn-site.ts';

const of = (point: string, what: string) => point.startsWith(`${what}: `);
const isBeforeSwitch = ({ step, moment }: Transition) =>
  step === 'stage' || step === 'stop' || (step === 'switch' && moment === 'before');
const isTaken = (point: string) => point.endsWith(', answered');

/** Switches a fault on at the site as it stands; it stays until it is lifted. */
export function strikeTorn(
  site: TornSite,
  fault: FaultColumn,
  { chance, transition }: { readonly chance: Seeded; readonly transition: Transition },
): void {
  const { mains, service, consumer, disk } = site;
  const rule = (answer: (point: string) => Failure | undefined) => {
    mains.rule = answer;
  };
  switch (fault) {
    case 'crash':
      return;
    case 'server-gone-before':
    case 'server-gone-after': {
      // The statement is the next one, or the switch itself where that is still to come; the server is back at once or stays away.
      const struckAt = isBeforeSwitch(transition) && chance.below(3) > 0 ? 'database: change password' : 'database: ';
      const staysAway = chance.below(2) === 0;
      let struck = false;
      rule((point) => {
        if (struck && staysAway && of(point, 'database')) return failure('port-closed', { endpoint: '127.0.0.1:1433' });
        if (struck || !point.startsWith(struckAt)) return undefined;
        if (fault === 'server-gone-after' && !isTaken(point)) return undefined;
        struck = true;
        site.serverGone = staysAway;
        return failure('connection-lost');
      });
      return;
    }
    case 'server-killed':
      site.serverGone = true;
      site.database.sessions = [];
      rule((point) =>
        of(point, 'database') && !isTaken(point) ? failure('port-closed', { endpoint: '127.0.0.1:1433' }) : undefined,
      );
      return;
    case 'no-right':
      rule((point) =>
        of(point, 'database') && !isTaken(point) && !point.includes('try login')
          ? failure('no-right', { login, right: 'the statement' })
          : undefined,
      );
      return;
    case 'disk-full':
      // What was reserved may still be written on a disk that is full; a copy-on-write file system refuses even that.
      if (chance.below(2) === 0) disk.memory.limitSpace(disk.memory.usedSpace());
      else disk.full = (path) => path.startsWith('/state');
      return;
    case 'consumer-read-only':
      rule((point) =>
        of(point, 'consumer') && !isTaken(point)
          ? failure('consumer-unreadable', { consumer: consumer.place, cause: 'this account may not write it' })
          : undefined,
      );
      return;
    case 'consumer-changed':
      consumer.put(consumer.held?.reveal() ?? '', '<!-- changed by somebody else -->\n');
      return;
    case 'keychain-locked':
      rule((point) => (of(point, 'store') && !isTaken(point) ? failure('keychain-locked') : undefined));
      return;
    case 'keychain-gone':
      rule((point) =>
        of(point, 'store') && !isTaken(point)
          ? failure('keychain-absent', { cause: 'nothing answers for it' })
          : undefined,
      );
      return;
    case 'service-does-not-stop':
      service.fault = 'does not stop';
      return;
    case 'service-does-not-start':
      service.fault = 'does not start';
      return;
    case 'service-does-not-log-in':
      service.fault = 'does not log in';
      return;
    case 'clock-forward':
      site.clock.advance(clockJump);
      return;
    case 'clock-back':
      site.clock.advance(-clockJump);
      return;
    default:
      assertNever(fault);
  }
}

/** The site behaves again. The clock stays where it jumped to. */
export function liftTorn(site: TornSite): void {
  site.mains.rule = () => undefined;
  site.serverGone = false;
  site.disk.full = () => false;
  site.disk.memory.limitSpace(Number.POSITIVE_INFINITY);
  site.service.fault = undefined;
}
