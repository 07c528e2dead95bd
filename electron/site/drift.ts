import { createHash } from 'node:crypto';
import type { Drift } from '#shared/snapshot.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';

/**
 * The modules as this version of Mortise creates them: name and SHA-256 of the definition as SQL Server stores it. The
 * guards by their names, what is in Mortise's schema as `mortise.name`.
 */
export type ExpectedModules = ReadonlyMap<string, string>;

/** Which module each batch creates. */
const modules = {
  '24-state-history-append-only': 'mortise.state_history_append_only',
  '30-effective-state': 'mortise.effective_state',
  '40-guard-membership': 'mortise_guard_membership',
  '41-guard-identity': 'mortise_guard_identity',
  '50-commissioning-off': 'mortise.commissioning_off',
  '51-commissioning-on': 'mortise.commissioning_on',
  '52-rehearse': 'mortise.rehearse',
  '53-renew-register': 'mortise.renew_register',
  '54-adopt-server': 'mortise.adopt_server',
} as const;

/** What the modules must hash to, from the batches that create them. A guard that the profile leaves out is not expected. */
export function expectedModules(batches: readonly { readonly id: string; readonly text: string }[]): ExpectedModules {
  return new Map(
    Object.entries(modules).flatMap(([id, name]) => {
      const batch = batches.find((each) => each.id === id);
      return batch === undefined ? [] : [[name, definitionHash(batch.text)] as const];
    }),
  );
}

/** SHA-256 over UTF-16LE, as HASHBYTES sees an nvarchar. */
export function definitionHash(text: string): string {
  return createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex');
}

const isGuard = (name: string): boolean => name.startsWith('mortise_guard_');

const putUp = {
  next: 'Find out who did it. Then put the guard up again (Database tab); state, register and history stay.',
  wayOut: 'site.restoreGuard',
} as const;

/** What is wrong with the guards and the other modules, whatever the state is. */
function moduleDrift(status: SiteStatus, expected: ExpectedModules): Drift[] {
  return [...expected].flatMap(([name, hash]): Drift[] => {
    const guard = status.guards.find((each) => each.name === name);
    const found = guard ?? status.objects.find((each) => `mortise.${each.name}` === name);
    const what = isGuard(name) ? `The trigger ${name}` : `The module ${name}`;
    const kind = isGuard(name) ? 'Guard' : 'Module';
    if (found === undefined) {
      const meaning = isGuard(name) ? 'nothing refuses what it refused' : 'Mortise cannot switch as it should';
      return [{ name: `${kind} missing`, meaning: `${what} is gone: ${meaning}.`, ...putUp }];
    }
    if (guard?.disabled === true)
      return [{ name: 'Guard disabled', meaning: `${what} is disabled: nothing refuses what it refused.`, ...putUp }];
    if (found.definitionHash === '')
      // SQL Server shows the text of a module to nobody once it is encrypted, or where VIEW DEFINITION is missing.
      return [
        {
          name: `${kind} unreadable`,
          meaning: `The definition of ${what.replace('The ', 'the ')} cannot be read: whether it is the one that Mortise created is unknown.`,
          next: "Check the run login's right VIEW ANY DEFINITION. If it is there, the module was encrypted: put the guard up again.",
          wayOut: 'site.restoreGuard',
        },
      ];
    if (guard === undefined && 'disabled' in found && found.disabled)
      return [{ name: 'Module disabled', meaning: `${what} is disabled: history could be rewritten.`, ...putUp }];
    if (found.definitionHash !== hash)
      return [{ name: `${kind} altered`, meaning: `${what} is not the one that Mortise created.`, ...putUp }];
    return guard === undefined ? [] : orderDrift(guard);
  });
}

function orderDrift(guard: SiteStatus['guards'][number]): Drift[] {
  if (guard.first) return [];
  return [
    {
      name: 'Guard not first',
      meaning: `Another trigger may run before ${guard.name}; one that ends the transaction would keep what the guard undoes.`,
      next: 'Find out who changed the order. Then put the guard up again (Database tab).',
      wayOut: 'site.restoreGuard',
    },
  ];
}

/** What lets rows past the guard although it stands. */
function bypassDrift(status: SiteStatus): Drift[] {
  const drift: Drift[] = [];
  const foreign = status.guards.filter(({ name, disabled }) => !isGuard(name) && !disabled);
  if (status.nestedTriggers === false) {
    drift.push({
      name: 'Nested triggers off',
      meaning:
        "The server's option `nested triggers` is 0: what another trigger or a vendor's trigger writes goes past the guard.",
      next: "Have an administrator run: EXEC sp_configure N'nested triggers', 1; RECONFIGURE;",
      wayOut: null,
    });
  }
  for (const { name } of foreign.filter(({ insteadOf }) => insteadOf)) {
    drift.push({
      name: 'INSTEAD OF trigger',
      meaning: `The trigger ${name} acts in place of statements on the controller table: what it does with them is not what was asked.`,
      next: 'Ask the vendor whether it belongs there. It was not there, or not accepted, when the site was prepared.',
      wayOut: null,
    });
  }
  return drift;
}

/** Whether Mortise's own login can do what it must, and no more. */
function rightsDrift({ rights, server }: SiteStatus): Drift[] {
  const drift: Drift[] = [];
  if (rights.switch === false) {
    drift.push({
      name: 'Rights gone',
      meaning: `${server.login} may no longer run Mortise's procedures: commissioning mode cannot be switched.`,
      next: 'Find out who took the right away. Then put the guard up again: that grants it anew, unless it was denied.',
      wayOut: 'site.restoreGuard',
    });
  }
  const more = [
    ...(rights.sysadmin ? ['is sysadmin'] : []),
    ...(rights.alterTable === true && !rights.sysadmin
      ? ['may alter the controller table, and so disable the guard']
      : []),
    ...(rights.writeState === true && !rights.sysadmin ? ["may write to Mortise's state past its procedures"] : []),
  ];
  if (more.length > 0) {
    drift.push({
      name: 'Rights too many',
      meaning: `${server.login} ${more.join('; it ')}. Mortise needs none of that.`,
      next: 'Have an administrator revoke it, or take the login out of the role that brings it.',
      wayOut: null,
    });
  }
  return drift;
}

function registerDrift({ counts, damaged }: SiteStatus): Drift[] {
  const differing = [
    [counts.missing, 'registered and no longer in the table'],
    [counts.changed, 'in the table with another identity'],
    [counts.total - counts.bound - counts.changed, 'in the table and not registered'],
  ] as const;
  const drift = differing.flatMap(([count, what]): Drift[] =>
    count === 0
      ? []
      : [
          {
            name: 'Register differs',
            meaning: `${count} controller${count === 1 ? ' is' : 's are'} ${what}.`,
            next: 'Find out who did it: the guard was passed by. If the controllers are right as they are, renew the register.',
            wayOut: 'commissioning.renewRegister',
          },
        ],
  );
  if (damaged > 0) {
    drift.push({
      name: 'Register damaged',
      meaning: `${damaged} row${damaged === 1 ? '' : 's'} of the register do${damaged === 1 ? 'es' : ''} not fit the digest: somebody wrote to it, or the database is damaged.`,
      next: 'Find out who did it. If the controllers are right as they are, renew the register.',
      wayOut: 'commissioning.renewRegister',
    });
  }
  return drift;
}

/** The enabled triggers of others that run after the guard. */
function othersOn({ guards }: SiteStatus): SiteStatus['guards'] {
  return guards.filter(({ name, disabled, insteadOf }) => !isGuard(name) && !disabled && !insteadOf);
}

/** A digest of what else acts on the controller table: names and definitions, in whatever order they are read. */
export function otherTriggersOf(status: SiteStatus): Uint8Array {
  const lines = othersOn(status).map(({ name, definitionHash }) => `${name}|${definitionHash}`);
  return createHash('sha256').update(lines.toSorted().join('\n')).digest();
}

/** Other triggers act on the table than when it was locked. */
function triggersDrift(status: SiteStatus): Drift[] {
  const accepted = status.state?.otherTriggers ?? '';
  if (accepted === '' || accepted === Buffer.from(otherTriggersOf(status)).toString('hex')) return [];
  const names = othersOn(status).map(({ name }) => name);
  return [
    {
      name: 'Other triggers',
      meaning: `The triggers of others on the controller table are not those that were there when it was locked. Now there ${names.length === 0 ? 'is none' : `are: ${names.join(', ')}`}.`,
      next: 'Ask the vendor whether that is right. If it is, renew the register: that accepts them as they are.',
      wayOut: 'commissioning.renewRegister',
    },
  ];
}

/** What renewing the register accepts. */
export function renewable(status: SiteStatus): Drift[] {
  return [...registerDrift(status), ...triggersDrift(status)];
}

/** The state row was written past Mortise: it is not what the last decision in the history made of it. */
function stateDrift({ state }: SiteStatus): Drift[] {
  if (state === undefined || state.asDecided || state.state === 'upgrading') return [];
  return [
    {
      name: 'State edited',
      meaning: `The state reads "${state.state}", and the last decision in the history says otherwise: somebody wrote to it past Mortise.`,
      next:
        state.state === 'off'
          ? 'Find out who did it. Switch commissioning mode on, then off, so that state and register are decided again.'
          : 'Find out who did it. Then switch commissioning mode off: that reviews what changed and closes everything.',
      wayOut: state.state === 'off' ? 'commissioning.on' : 'commissioning.off',
    },
  ];
}

/** Told, and no reason to say that the lock is not in force: it stood so before, and nobody can mend it in Mortise. */
const beside: ReadonlySet<string> = new Set(['Nested triggers off', 'Rights gone', 'Rights too many']);

/** The drift that refutes "off". */
export function refuting(drift: readonly Drift[]): readonly Drift[] {
  return drift.filter(({ name }) => !beside.has(name));
}

/** How many controllers differ from the register. */
export function differences({ counts }: SiteStatus): number {
  return counts.missing + counts.changed + (counts.total - counts.bound - counts.changed);
}

/** What differs between what was locked and what is in force now: each with a name, a meaning and a way out. */
export function driftOf(status: SiteStatus, expected: ExpectedModules): Drift[] {
  const { state, server } = status;
  // Taken down on purpose: said as the state, not as drift.
  const drift = state?.state === 'upgrading' ? [] : [...moduleDrift(status, expected), ...bypassDrift(status)];
  if (status.prepared) drift.push(...rightsDrift(status));
  if (state === undefined) {
    drift.push({
      name: 'State missing',
      meaning:
        'The row that says whether commissioning mode is on is gone; the guard refuses every added or deleted controller.',
      next: 'Find out who did it. Putting the guard up again brings the state back as off.',
      wayOut: 'site.restoreGuard',
    });
    return drift;
  }
  drift.push(...stateDrift(status));
  const locked = state.state === 'off' || state.state === 'rehearsing';
  if (locked && !status.truncateStop) {
    drift.push({
      name: 'Truncate stop missing',
      meaning:
        'It is gone, switched off or not trusted: TRUNCATE TABLE would empty the controller table without a guard noticing.',
      ...putUp,
    });
  }
  if (state.state === 'locked-by-time' && !status.truncateStop) {
    drift.push({
      name: 'Truncate stop missing',
      meaning: 'The opening took it away, and the clock does not put it back: TRUNCATE TABLE would empty the table.',
      next: 'Switch commissioning mode off: that reviews what changed and closes everything again.',
      wayOut: 'commissioning.off',
    });
  }
  if (state.state === 'on' || state.state === 'upgrading') return drift;
  if (state.serverName !== server.instance || (state.recoveryFork ?? '') !== (server.recoveryFork ?? '')) {
    drift.push({
      name: 'Another server',
      meaning: `The lock was made on ${state.serverName}; this is ${server.instance}, or a restored copy of the database.`,
      next: 'If this hardware is meant to take over, adopt it. What differs from the register is then seen.',
      wayOut: 'commissioning.adoptServer',
    });
  }
  // After an opening differences are what the opening was for; a rehearsal makes no register.
  return state.state === 'off' ? [...drift, ...renewable(status)] : drift;
}
