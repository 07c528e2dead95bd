import { join } from 'node:path';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { consumerOf } from './consumers/consumer-of.ts';
import { preparationBatches } from './database/catalogue.ts';
import { SqlServerSurveyor } from './database/assessment/sql-server-surveyor.ts';
import { warmDriver } from './database/connect.ts';
import { SqlServerRunLogin } from './database/run-login/sql-server-run-login.ts';
import { siteVariables } from './database/site-variables.ts';
import { SqlServerDatabase } from './database/sql-server-database.ts';
import { keptProbeSchema } from './firewall/kept-probe.ts';
import { openJournals } from './journal/journals.ts';
import { stepJournal } from './journal/step-journal.ts';
import { nodeFilePort } from './log/node-file-port.ts';
import type { FilePort } from './log/file-port.ts';
import { systemClock } from './machine/clock.ts';
import { defaultStateFolder } from './machine/default-paths.ts';
import { createFileLock } from './machine/file-lock.ts';
import { keptJson } from './machine/kept-json.ts';
import { noChooser } from './machine/consent.ts';
import { nobodyToAsk } from './machine/person-to-ask.ts';
import { osActor } from './machine/os-actor.ts';
import { openStateFolder } from './machine/state-folder.ts';
import { handlersOf } from './operations/handlers.ts';
import { lockdownRecordSchema } from './operations/lockdown/lockdown-journal.ts';
import { operationsOf } from './operations/operations.ts';
import { rotationRecordSchema } from './operations/rotation/rotation-journal.ts';
import { runCredentials } from './secrets/run-credentials.ts';
import { sealedPending } from './secrets/sealed-pending.ts';
import { isPublishedDefault } from './secrets/known-defaults.ts';
import { generatePassword } from './secrets/password-generator.ts';
import type { Composition, ComposeOptions } from './server/composition.ts';
import { openRealSite } from './site/real-site.ts';
import { meantBlockSchema } from './site/secure-mode/meant-block.ts';
import { siteNetwork } from './site/site-network.ts';
import type { RealSite } from './site/real-site.ts';
import { keepSeen } from './site/profile/seen-keeper.ts';
import { siteFilesIn } from './site/profile/site-files.ts';
import { SiteLibrary } from './site/profile/site-library.ts';
import { expectedModules } from './site/drift.ts';
import { openTrainingSite } from './training/opened-training-site.ts';
import { openTrail } from './trail/trail.ts';
import { openTrailKey } from './trail/trail-key.ts';

/**
 * Builds the parts and hands them to each other, without Electron: the window, the preview host and the command line
 * open the same composition. What stands in the way (folder, port, profile, trail) is answered as a sentence.
 */
export async function compose(options: ComposeOptions): Promise<Result<Composition>> {
  warmDriver();
  const clock = options.clock ?? systemClock;
  const files = options.files ?? nodeFilePort;
  const actor = osActor();

  const folder = await openStateFolder(options.stateFolder ?? defaultStateFolder(), { create: true });
  if (!folder.ok) return folder;
  const state = folder.value;

  const library = new SiteLibrary(siteFilesIn(join(state, 'sites')));
  const opened = await openSite(options, state, library);
  if (!opened.ok) return opened;
  const { site, id: siteId, journals } = opened.value;
  const { profile, services } = site;
  // The training keychain is a file that its own process flushes.
  const store =
    site.store.kind === 'training'
      ? site.store
      : sealedPending({
          store: site.store,
          port: files,
          path: join(journals, 'pending.sealed'),
          site: siteId ?? profile.name,
        });
  const network = siteNetwork({ ...site, host: profile.endpoint.host });

  const lock = createFileLock({ folder: state, actor, clock });
  const trail = await openTrailIn(state, files, { clock, actor: actor.account });
  if (!trail.ok) {
    await site.close();
    return trail;
  }

  const variables = siteVariables(profile);
  const database = new SqlServerDatabase(profile, runCredentials(store, profile.runLogin));
  const consumers = profile.consumers.map((each) => consumerOf(each, options.person ?? nobodyToAsk));
  const operations = operationsOf({
    profile,
    kind: site.kind,
    siteId,
    library,
    openSite: options.openSite,
    seen: siteId === null ? () => undefined : keepSeen(library, siteId),
    lent: site.lent,
    actor,
    clock,
    database,
    surveyor: new SqlServerSurveyor(profile),
    runLogin: new SqlServerRunLogin(profile),
    network,
    atStart: site.atStart,
    instance: site.instance,
    meant: keptJson(join(journals, 'secure-mode.json'), meantBlockSchema),
    keptProbe: keptJson(join(journals, 'probe.json'), keptProbeSchema),
    notify: options.notify ?? (() => undefined),
    services,
    store,
    consumers,
    consent: options.consent,
    saver: options.saver,
    chooser: options.chooser ?? noChooser,
    lock,
    trail: trail.value,
    trailPath: trailPath(state),
    files,
    rotationJournal: stepJournal(
      openJournals({ port: files, folder: journals, kind: 'rotation', schema: rotationRecordSchema }),
    ),
    lockdownJournal: stepJournal(
      openJournals({ port: files, folder: journals, kind: 'lockdown', schema: lockdownRecordSchema }),
    ),
    expectedModules: expectedModules(preparationBatches(variables, profile.controllerTable)),
    isPublishedDefault,
    generate: options.generatePassword ?? generatePassword,
    faults: site.faults,
    searchPlaces: options.searchPlaces ?? [],
  });

  return succeed({
    handlers: handlersOf(operations),
    subscribe: (listener) => operations.feed.subscribe(listener),
    isBusy: () => operations.desk.isBusy(),
    close: async () => {
      await operations.desk.close();
      await operations.feed.close();
      await database.close();
      await trail.value.close();
      await site.close();
    },
  });
}

/** The training site, unless a real one is wanted. */
async function openSite(options: ComposeOptions, state: string, library: SiteLibrary): Promise<Result<RealSite>> {
  const { profilePath, siteId, clock } = options;
  if (options.trainingOnly !== true) {
    if (siteId !== undefined) return await openRealSite({ id: siteId }, library, clock ?? systemClock);
    if (profilePath !== undefined) return await openRealSite({ file: profilePath }, library, clock ?? systemClock);
  }
  const training = await openTrainingSite(join(state, 'training'), options.training ?? {});
  return training.ok ? succeed({ site: training.value, id: null, journals: state }) : training;
}

const trailPath = (state: string) => join(state, 'trail.log');

async function openTrailIn(
  state: string,
  port: FilePort,
  who: { readonly clock: typeof systemClock; readonly actor: string },
) {
  const key = await openTrailKey(join(state, 'trail.key'));
  if (!key.ok) return key;
  return await openTrail({ port, path: trailPath(state), key: key.value, ...who });
}
