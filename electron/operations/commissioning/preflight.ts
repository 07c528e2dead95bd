import { counted } from '#shared/counted.ts';
import type { Affected } from '#shared/plan.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';

/** The most controllers that a warning names; the rest are counted. */
const mostNamed = 20;

function named(controllers: SiteStatus['controllers'], count: number): string {
  const names = controllers
    .slice(0, mostNamed)
    .map(({ serial, name }) => (name === '' ? serial : `${serial} (${name})`))
    .join(', ');
  const others = count - Math.min(mostNamed, controllers.length);
  return others > 0 ? `${names} and ${others} more` : names;
}

/** What happened to the controller table since the last register, by name; empty where there is none or nothing did. */
export function changesSinceRegister(status: SiteStatus): string[] {
  if (status.registered === 0) return [];
  const { counts, controllers } = status;
  const of = (state: SiteStatus['controllers'][number]['state']) => controllers.filter((each) => each.state === state);
  const missing = of('missing');
  const added = of('new');
  // Some software edits a controller by deleting it and inserting it again: the same device under another key.
  const returned = new Set(missing.map(({ serial }) => serial));
  const again = added.filter(({ serial }) => serial !== '' && returned.has(serial));
  const addedCount = counts.total - counts.bound - counts.changed;
  const sentences: string[] = [];
  if (addedCount > 0)
    sentences.push(
      `${counted(addedCount, 'controller was', 'controllers were')} added since the last register: ${named(added, addedCount)}.`,
    );
  if (counts.missing > 0)
    sentences.push(
      `${counted(counts.missing, 'controller of the last register is', 'controllers of the last register are')} no longer in the table and will not be in the new register: ${named(missing, counts.missing)}.`,
    );
  if (counts.changed > 0)
    sentences.push(
      `${counted(counts.changed, 'controller was', 'controllers were')} given another identity since the last register: ${named(of('changed'), counts.changed)}.`,
    );
  if (again.length > 0)
    sentences.push(
      `${counted(again.length, 'of them is', 'of them are')} the same device under another key (deleted and added again): ${named(again, again.length)}.`,
    );
  return sentences;
}

/** What the preflight found, in sentences that a person weighs before the site is locked. */
export function preflight(status: SiteStatus): string[] {
  const { counts } = status;
  const warnings: string[] = [];
  if (counts.total === 0)
    warnings.push('The controller table is empty: the site would be locked without a single controller.');
  if (counts.asleep > 0) {
    warnings.push(
      `${counted(counts.asleep, 'controller is', 'controllers are')} asleep (nothing heard for longer than 2.5 heartbeats). Asleep is not missing: each is registered like the others.`,
    );
  }
  if (counts.unsupported > 0) {
    warnings.push(
      `${counted(counts.unsupported, 'controller is', 'controllers are')} of a model that the next version drops. Replace it before the site is upgraded; replacing it needs commissioning mode.`,
    );
  }
  if (status.nestedTriggers === false) {
    warnings.push(
      "The server's option `nested triggers` is off: what another trigger writes to the controller table goes past the guard.",
    );
  }
  const others = status.guards.filter(({ name, disabled }) => !name.startsWith('mortise_guard_') && !disabled);
  if (others.length > 0) {
    warnings.push(
      `${counted(others.length, 'other trigger stands', 'other triggers stand')} on the controller table and ${others.length === 1 ? 'runs' : 'run'} after the guard: ${others
        .slice(0, mostNamed)
        .map(({ name }) => name)
        .join(', ')}.`,
    );
  }
  return [...warnings, ...changesSinceRegister(status)];
}

/** Who meets the lock, whether it is meant to stay or rehearsed. */
export function affectedByLock(controllerTable: string): Affected[] {
  return [
    {
      who: `Every client, service and script, whoever it logs in as`,
      how: `The database refuses an added, deleted or re-keyed row in ${controllerTable}, and undoes the whole transaction that tried.`,
    },
    {
      who: 'A sysadmin or the owner of the database',
      how: 'Can disable the guard. That is not prevented; it is detected and named as drift.',
    },
  ];
}
