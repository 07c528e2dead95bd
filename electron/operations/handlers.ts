import type { ChangeName } from '#shared/change-names.ts';
import type { ChangeInput } from '#shared/contract.ts';
import type { Outcome, Plan } from '#shared/plan.ts';
import { failure } from '#shared/errors.ts';
import { known } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Handlers } from '#electron/server/handlers.ts';
import { greetServer } from '#electron/database/connect/diagnosis.ts';
import { findCopies } from './find-copies.ts';
import { verifyTrail } from '#electron/trail/verify.ts';
import { discoverServer } from './discovery.ts';
import { summaryHtml, summaryJson } from './lockdown/lockdown-summary.ts';
import { summarisedLockdown } from './operations.ts';
import type { Operations } from './operations.ts';

/** Answers every call of the contract from the operations. Senders and shapes were checked at the door. */
export function handlersOf(operations: Operations): Handlers {
  const { desk, feed, parts, sites } = operations;

  const change = <N extends ChangeName>(name: N) => ({
    plan: async (input: ChangeInput<N>): Promise<Result<Plan>> => await desk.plan(name, input),
    apply: async ({ planId }: { readonly planId: string }): Promise<Result<Outcome>> => await desk.apply(name, planId),
  });
  const cancellable = <N extends ChangeName>(name: N) => ({
    ...change(name),
    cancel: async () => await Promise.resolve(succeed(desk.cancel(name))),
  });
  const snapshot = async () => succeed(await feed.refresh());

  return {
    site: {
      snapshot,
      refresh: async () => {
        parts.database.tryAgain();
        return await snapshot();
      },
      prepare: change('site.prepare'),
      remove: change('site.remove'),
      createRunLogin: change('site.createRunLogin'),
      beginUpgrade: change('site.beginUpgrade'),
      restoreGuard: change('site.restoreGuard'),
    },
    commissioning: {
      off: change('commissioning.off'),
      on: change('commissioning.on'),
      rehearse: change('commissioning.rehearse'),
      renewRegister: change('commissioning.renewRegister'),
      adoptServer: change('commissioning.adoptServer'),
    },
    assessment: {
      run: async ({ setup }) => await operations.assessment.run(setup),
      save: async ({ format }) => await operations.assessment.save(format),
    },
    sites: {
      list: async () => await sites.list(),
      templates: async () => await sites.templates(),
      check: async (input) => await sites.check(input),
      chooseFile: async () => await sites.chooseFile(),
      greet: async (input) => await greetServer(input),
      discover: async (input) => await discoverServer(parts.surveyor, input),
      difference: async (input) => await sites.difference(input),
      export: async (input) => await sites.export(input),
      open: async (input) =>
        desk.isBusy()
          ? failed(failure('not-allowed', { why: 'An operation is running: open another site when it has ended.' }))
          : await sites.open(input),
      save: change('sites.save'),
      remove: change('sites.remove'),
    },
    rotation: {
      rotate: cancellable('rotation.rotate'),
      rotateMany: cancellable('rotation.rotateMany'),
      restore: cancellable('rotation.restore'),
      reconcile: cancellable('rotation.reconcile'),
      adopt: change('rotation.adopt'),
      reset: cancellable('rotation.reset'),
      changeOwn: change('rotation.changeOwn'),
      tryDefaults: change('rotation.tryDefaults'),
      verify: async ({ login }) => await operations.verify.login(login),
      findCopies: async () => await findCopies(parts),
    },
    recoveryKit: {
      export: change('recoveryKit.export'),
      choose: async () => await operations.kit.choose(),
      import: change('recoveryKit.import'),
    },
    secureMode: {
      on: change('secureMode.on'),
      off: change('secureMode.off'),
      allow: change('secureMode.allow'),
      atStart: change('secureMode.atStart'),
      bindInstance: change('secureMode.bindInstance'),
      read: async () => succeed(await feed.refresh({ thorough: true })),
      probe: async () => await probe(operations),
      askProbe: async () => await operations.probes.ask(),
      takeProbe: async ({ text }) => {
        const taken = await operations.probes.take(text);
        return taken.ok ? await snapshot() : taken;
      },
    },
    lockdown: {
      run: cancellable('lockdown.run'),
      resume: cancellable('lockdown.resume'),
      undo: cancellable('lockdown.undo'),
      stop: change('lockdown.stop'),
      saveSummary: async ({ format }) => await saveSummary(operations, format),
    },
    trail: {
      verify: async () => {
        const proof = await verifyTrail(parts.files, parts.trailPath);
        if (!proof.ok) return proof;
        const { entries, holds, firstBroken, sentence } = proof.value;
        return succeed({ entries, holds, firstBroken, sentence });
      },
      recent: async ({ most }) => await Promise.resolve(succeed([...parts.trail.recent(most)])),
    },
    training: {
      fault: change('training.fault'),
      faults: async () => {
        const faults = await parts.faults.list();
        return faults.ok ? succeed([...faults.value]) : faults;
      },
    },
  };
}

async function probe({ reader, feed, parts, probes }: Operations) {
  const status = await reader.status();
  if (!status.ok) return status;
  const { listeners } = await parts.network.survey(known(status.value, parts.clock.now()));
  const report = await probes.probe(listeners);
  return report.ok ? succeed(await feed.refresh()) : report;
}

async function saveSummary(operations: Operations, format: 'html' | 'json'): Promise<Result<{ path: string | null }>> {
  const { parts } = operations;
  const found = await summarisedLockdown(operations);
  if (!found.ok) return found;
  const { lockdown, snapshot } = found.value;
  const facts = {
    site: snapshot.site.name,
    kind: snapshot.site.kind,
    endpoint: snapshot.site.endpoint,
    account: parts.actor.account,
    trailHead: parts.trail.head,
    savedAt: parts.clock.now().toISOString(),
  };
  const content = format === 'html' ? summaryHtml(lockdown, facts) : summaryJson(lockdown, facts);
  const day = lockdown.startedAt.slice(0, 10);
  const suggestedName = `lockdown-${snapshot.site.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${day}.${format}`;
  const saved = await parts.saver.save({ suggestedName, content });
  return saved.ok ? succeed({ path: saved.value }) : saved;
}
