import { describe, expect, it } from 'vitest';
import { assessmentSchema } from '#shared/assessment.ts';
import type { Severity } from '#shared/assessment.ts';
import { failure } from '#shared/errors.ts';
import { unknown } from '#shared/reading.ts';
import { assess } from '#electron/site/assessment/assessment.ts';
import type { AssessmentGround } from '#electron/site/assessment/ground.ts';
import * as site from './sample-survey.ts';

const findingOf = (ground: AssessmentGround, id: string) =>
  assess(ground).findings.find((finding) => finding.id === id);
const verdict = (ground: AssessmentGround, what: string) => assess(ground).verdicts.find((each) => each.what === what);

const refused = (text: string) => findingOf(site.withPlan(text), 'refused-programs.statements')?.evidence.length;

const lines = (ground: AssessmentGround) => findingOf(ground, 'refused-programs.sessions')?.evidence ?? [];

const rotation = (ground: AssessmentGround) => verdict(ground, 'credential rotation');

const trigger = (insteadOf: boolean, first = false) => ({
  name: 'vendor',
  disabled: false,
  insteadOf,
  events: [{ event: 'INSERT', first, last: false }],
});
const output = 'INSERT dbo.Controllers (Name) OUTPUT inserted.ControllerId VALUES (1)';
const updates = 'UPDATE dbo.Controllers SET Name = 1 OUTPUT inserted.Name';
const { host, transport } = site.profile.endpoint;

/** Each finding: where it is true, how severe it is there, and whether commissioning mode is then blocked or unknown. */
const findings: readonly (readonly [string, Severity, AssessmentGround, 'ready' | 'blocked' | 'unknown'])[] = [
  [
    'endpoint.dynamic-port',
    'attention',
    site.withConnections({ registry: [{ key: 'Tcp\\IPAll', name: 'TcpDynamicPorts', data: '51433' }] }),
    'ready',
  ],
  ['version.version', 'blocking', site.withServer({ version: '12.0.6024.0' }), 'blocked'],
  ['version.version', 'unknown', site.withServer({ version: '' }), 'unknown'],
  ['version.version', 'attention', site.withServer({ version: '99.0.1' }), 'ready'],
  ['version.edition', 'blocking', site.withServer({ engineEdition: 5, edition: 'SQL Azure' }), 'blocked'],
  ['version.several-machines', 'attention', site.withServer({ clustered: true }), 'ready'],
  ['version.unread', 'unknown', site.withSurvey({ server: site.lost }), 'unknown'],
  [
    'encryption.certificate',
    'attention',
    site.withProfile({
      endpoint: { ...site.profile.endpoint, host: 'localhost', trust: { kind: 'loopback-unverified' } },
    }),
    'ready',
  ],
  [
    'encryption.sessions',
    'attention',
    site.withConnections({ sessions: [{ ...site.session, encrypted: false }] }),
    'ready',
  ],
  ['encryption.sessions', 'unknown', site.withSurvey({ connections: site.noRight }), 'ready'],
  [
    'listeners.reach',
    'attention',
    site.withConnections({ listeners: [{ address: '0.0.0.0', port: 1433, type: 'TSQL', state: 'ONLINE' }] }),
    'ready',
  ],
  [
    'listeners.remote',
    'attention',
    site.withConnections({ sessions: [{ ...site.session, address: '10.0.0.7' }] }),
    'ready',
  ],
  ['listeners.none', 'unknown', site.withConnections({ listeners: [] }), 'ready'],
  ['listeners.unread', 'unknown', site.withSurvey({ connections: site.noRight }), 'ready'],
  ['controller-table.unread', 'unknown', site.withSurvey({ table: site.lost }), 'unknown'],
  ['controller-table.exists', 'blocking', site.withTable({ object: undefined }), 'blocked'],
  ['controller-table.exists', 'blocking', site.withObject({ type: 'V', description: 'VIEW' }), 'blocked'],
  ['controller-table.exists', 'blocking', site.withObject({ type: 'SN', description: 'SYNONYM' }), 'blocked'],
  ['controller-table.columns', 'blocking', site.withProfileTable({ displayName: 'Nickname' }), 'blocked'],
  ['controller-table.types', 'blocking', site.withColumn('SerialNumber', { type: 'nvarchar(20)' }), 'blocked'],
  ['controller-table.large-objects', 'blocking', site.withColumn('Name', { type: 'ntext' }), 'blocked'],
  ['controller-table.computed', 'attention', site.withColumn('SerialNumber', { computed: true }), 'ready'],
  ['controller-table.key', 'blocking', site.withTable({ keys: [] }), 'blocked'],
  ['controller-table.key', 'blocking', site.withColumn('ControllerId', { nullable: true }), 'blocked'],
  [
    'controller-table.key',
    'blocking',
    site.withTable({ keys: [{ name: 'UX', primary: false, whole: false, columns: ['ControllerId'] }] }),
    'blocked',
  ],
  [
    'controller-table.key',
    'blocking',
    site.withTable({ keys: [{ name: 'PK', primary: true, whole: true, columns: ['ControllerId', 'Name'] }] }),
    'blocked',
  ],
  ['controller-table.owner', 'blocking', site.withObject({ owner: 'vendor' }), 'blocked'],
  ['controller-table.owner', 'unknown', site.withObject({ owner: null }), 'unknown'],
  ['controller-table.kind', 'blocking', site.withKind({ memoryOptimised: true }), 'blocked'],
  ['controller-table.kind', 'blocking', site.withKind({ temporal: 'SYSTEM_VERSIONED_TEMPORAL_TABLE' }), 'blocked'],
  ['controller-table.kind', 'blocking', site.withKind({ external: true }), 'blocked'],
  ['controller-table.kind', 'blocking', site.withKind({ fileTable: true }), 'blocked'],
  ['controller-table.kind', 'unknown', site.withSurvey({ kind: site.lost }), 'unknown'],
  ['controller-table.replication', 'attention', site.withKind({ replicated: true }), 'ready'],
  ['controller-table.replication', 'attention', site.withKind({ changeDataCapture: true }), 'ready'],
  ['controller-table.replication', 'attention', site.withObject({ partitions: 4 }), 'ready'],
  ['controller-table.instead-of', 'blocking', site.withTable({ triggers: [trigger(true)] }), 'blocked'],
  ['controller-table.triggers', 'note', site.withTable({ triggers: [trigger(false)] }), 'ready'],
  ['controller-table.triggers', 'attention', site.withTable({ triggers: [trigger(false, true)] }), 'ready'],
  ['controller-table.rows', 'attention', site.withControllers({ total: 0, models: [] }), 'ready'],
  ['controller-table.rows', 'unknown', site.withSurvey({ controllers: site.noRight }), 'unknown'],
  ['controller-table.serials', 'attention', site.withControllers({ withoutSerial: 3 }), 'ready'],
  ['controller-table.asleep', 'attention', site.withControllers({ asleep: 2 }), 'ready'],
  ['controller-table.asleep', 'note', site.withProfileTable({ lastSeen: null }), 'ready'],
  ['controller-table.database', 'blocking', site.withDatabase({ readOnly: true }), 'blocked'],
  ['controller-table.database', 'blocking', site.withDatabase({ isSnapshot: true, readOnly: true }), 'blocked'],
  ['controller-table.database', 'blocking', site.withDatabase({ state: 'RESTORING' }), 'blocked'],
  ['controller-table.database', 'blocking', site.withDatabase({ access: 'SINGLE_USER' }), 'blocked'],
  ['controller-table.database-settings', 'attention', site.withDatabase({ compatibilityLevel: 100 }), 'ready'],
  ['controller-table.database', 'unknown', site.withSurvey({ database: { ok: true, value: undefined } }), 'unknown'],
  ['controller-table.database', 'unknown', site.withSurvey({ database: site.lost }), 'unknown'],
  ['controller-table.database-settings', 'note', site.withDatabase({ readCommittedSnapshot: true }), 'ready'],
  ['controller-table.database-settings', 'note', site.withDatabase({ recursiveTriggers: true }), 'ready'],
  ['controller-table.database-settings', 'attention', site.withDatabase({ isReplica: true }), 'ready'],
  ['controller-table.database-settings', 'attention', site.withDatabase({ containment: 'PARTIAL' }), 'ready'],
  ['controller-table.nested-triggers', 'attention', site.withServer({ nestedTriggers: false }), 'ready'],
  ['controller-table.nested-triggers', 'unknown', site.withServer({ nestedTriggers: undefined }), 'unknown'],
  ['output-clause.membership', 'blocking', site.withModule(`CREATE PROCEDURE dbo.p AS ${output}`), 'blocked'],
  ['output-clause.membership', 'blocking', site.withPlan(output), 'blocked'],
  ['output-clause.updates', 'blocking', site.withPlan(updates), 'blocked'],
  ['output-clause.updates', 'note', site.withProfileTable({ guardUpdates: false }, site.withPlan(updates)), 'ready'],
  ['output-clause.plans', 'unknown', site.withSurvey({ plans: site.noRight }), 'unknown'],
  ['output-clause.modules', 'unknown', site.withSurvey({ modules: site.lost }), 'unknown'],
  ['output-clause.modules', 'unknown', site.withRights({ viewAnyDefinition: false, viewDefinition: false }), 'unknown'],
  [
    'output-clause.encrypted',
    'attention',
    site.withSurvey({ modules: { ok: true, value: { mentioning: [], unreadable: ['dbo.secret'] } } }),
    'ready',
  ],
  ['refused-programs.bulk', 'attention', site.withPlan("BULK INSERT dbo.Controllers FROM 'c:\\a.csv'"), 'ready'],
  ['refused-programs.sessions', 'unknown', site.withRights({ viewAnyDefinition: false }), 'ready'],
  ['rotation.windows-only', 'note', site.withServer({ windowsOnly: true }), 'ready'],
  [
    'encryption.certificate',
    'attention',
    site.withConnections({ own: { encrypted: false, transport: 'TCP', port: 1433 } }),
    'ready',
  ],
  ['controller-table.database-settings', 'attention', site.withDatabase({ trustworthy: true }), 'ready'],
  ['controller-table.database-settings', 'note', site.withDatabase({ access: 'RESTRICTED_USER' }), 'ready'],
  ['controller-table.database-settings', 'note', site.withDatabase({ published: true }), 'ready'],
  ['logins.absent.acs_service', 'attention', site.withPrincipals({ logins: [] }), 'ready'],
  [
    'logins.rights.acs_service',
    'attention',
    site.withPrincipals({ serverRoles: [{ member: 261, role: 'sysadmin' }] }),
    'ready',
  ],
  ['logins.rights', 'unknown', site.withSurvey({ principals: site.lost }), 'ready'],
  ['logins.rights', 'unknown', site.withRights({ viewAnyDefinition: false }), 'ready'],
  ['models.dropped', 'attention', site.withControllers({ models: [{ model: 'ACU-1', controllers: 3 }] }), 'ready'],
  ['models.unknown', 'note', site.withProfileTable({ model: null }), 'ready'],
  ['models.unread', 'unknown', site.withSurvey({ controllers: site.noRight }), 'unknown'],
  ['rights.reading', 'attention', site.withRights({ viewServerState: false }), 'ready'],
  [
    'rights.run-login',
    'attention',
    site.withPrincipals({ logins: site.principals.logins.filter(({ name }) => name !== 'mortise_run') }),
    'ready',
  ],
  ['objects.there', 'blocking', site.withTable({ ownSchema: true }), 'blocked'],
  [
    'objects.there',
    'blocking',
    site.withTable({ own: [{ schema: 'dbo', name: 'mortise_guard_membership', type: 'SQL_TRIGGER' }] }),
    'blocked',
  ],
  ['objects.there', 'unknown', site.withRights({ viewAnyDefinition: false, viewDefinition: false }), 'unknown'],
  ['objects.unread', 'unknown', site.withSurvey({ table: site.lost }), 'unknown'],
];

describe('A finding', () => {
  it.each(findings)('%s is %s where it is true, and not on a sound site', (id, severity, ground, commissioning) => {
    expect(findingOf(ground, id)?.severity).toBe(severity);
    expect(findingOf(site.soundGround, id)?.severity ?? 'absent').not.toBe(severity);
    expect(verdict(ground, 'commissioning mode')?.state).toBe(commissioning);
    expect(() => assessmentSchema.parse(assess(ground))).not.toThrow();
  });

  it('names every column that the profile has and the table has not', () => {
    const ground = site.withProfileTable({ displayName: 'Nickname', model: 'Kind' });
    expect(findingOf(ground, 'controller-table.columns')?.title).toBe('The table has no column Nickname, Kind');
  });

  it('gives the exact GRANT for what could not be read', () => {
    expect(findingOf(site.withSurvey({ connections: site.noRight }), 'listeners.unread')?.evidence).toEqual([
      'USE [master]; GRANT VIEW SERVER STATE TO [mortise_run];',
    ]);
    expect(findingOf(site.withSurvey({ controllers: site.noRight }), 'controller-table.rows')?.evidence).toEqual([
      'USE [Acs]; GRANT SELECT ON OBJECT::[dbo].[Controllers] TO [mortise_run];',
    ]);
  });

  it('tells a table that is hidden from one that is not there', () => {
    const object = { ok: true, value: { ...site.table, object: undefined } } as const;
    const hidden = site.withRights({ viewAnyDefinition: false, viewDefinition: false }, { table: object });
    expect(findingOf(hidden, 'controller-table.exists')?.severity).toBe('unknown');
    expect(findingOf(site.withSurvey({ table: object }), 'controller-table.exists')?.severity).toBe('blocking');
  });

  it('says of statements that are refused today already that the guard changes nothing', () => {
    const ground = site.withSurvey({
      plans: { ok: true, value: [{ text: output, lastRun: site.now, executions: 1 }] },
      table: { ok: true, value: { ...site.table, triggers: [trigger(false)] } },
    });
    expect(findingOf(ground, 'output-clause.membership')?.severity).toBe('note');
    expect(verdict(ground, 'commissioning mode')?.state).toBe('ready');
  });

  it('takes no statement without OUTPUT to the client for one that the guard would break', () => {
    const ground = site.withPlan('INSERT dbo.Controllers (Name) VALUES (1)');
    expect(findingOf(ground, 'output-clause.membership')).toBeUndefined();
    expect(findingOf(ground, 'output-clause.none')?.severity).toBe('good');
  });

  it("does not count Mortise's own statements among those that are refused", () => {
    const text = 'CREATE PROCEDURE x AS DELETE dbo.Controllers';
    expect(findingOf(site.withModule(text, 'x', 'mortise'), 'refused-programs.statements')?.evidence).toEqual([]);
    expect(findingOf(site.withModule(text), 'refused-programs.statements')?.evidence).toEqual([
      'dbo.add_controller: DELETE dbo.Controllers',
    ]);
  });

  it('counts an update among them only where it sets what identifies a controller', () => {
    expect(refused('UPDATE dbo.Controllers SET LastSeenUtc = 1')).toBe(0);
    expect(refused('UPDATE dbo.Controllers SET LastSeenUtc = 1, serialnumber = 2')).toBe(1);
    expect(refused('DELETE FROM dbo.Controllers')).toBe(1);
    const text = 'UPDATE dbo.Controllers SET SerialNumber = 2';
    const unguarded = site.withProfileTable({ guardUpdates: false }, site.withPlan(text));
    expect(findingOf(unguarded, 'refused-programs.statements')?.evidence).toEqual([]);
  });
});

describe('The programs that would be refused', () => {
  it('are those whose login may write controllers', () => {
    expect(lines(site.soundGround)).toEqual(['acs_service, AcsService on SITE-01: 2']);
    expect(lines(site.withPrincipals({ databaseRoles: [] }))).toEqual([]);
  });

  it('are neither Mortise itself nor sessions in another database', () => {
    const sessions = [
      { ...site.session, program: 'Mortise' },
      { ...site.session, inDatabase: false },
    ];
    expect(lines(site.withConnections({ sessions }))).toEqual([]);
  });

  it('include a login whose rights could not be followed, and say so', () => {
    const ground = site.withConnections({ sessions: [{ ...site.session, login: 'DOMAIN\\kim' }] });
    expect(lines(ground)[0]).toContain('were not followed');
  });
});

describe('Whether passwords can be rotated', () => {
  const login = { name: 'acs_service', disabled: false, policyChecked: false, locked: false };

  it('is ready on a sound site', () => {
    expect(rotation(site.soundGround)?.state).toBe('ready');
    expect(findingOf(site.soundGround, 'rotation.acs_service')?.severity).toBe('good');
  });

  it.each([
    ['the login is not there', site.withPrincipals({ sqlLogins: [] }), 'no SQL login'],
    ['it is disabled', site.withPrincipals({ sqlLogins: [{ ...login, disabled: true }] }), 'disabled'],
    ['it is locked out', site.withPrincipals({ sqlLogins: [{ ...login, locked: true }] }), 'locked out'],
    [
      'no place of its password is named',
      site.withProfile({ serviceLogins: [{ login: 'acs_service', services: [], consumers: [] }], consumers: [] }),
      'names no place',
    ],
    [
      'a copy is opaque',
      {
        ...site.soundGround,
        consumers: [
          {
            id: 'config',
            place: '/srv/acs.config',
            login: 'acs_service',
            failure: failure('consumer-unreadable', { consumer: '/srv/acs.config', cause: 'it is encrypted' }),
          },
        ],
      },
      'cannot be read here',
    ],
  ])('is blocked where %s', (_what, ground, sentence) => {
    expect(rotation(ground)?.state).toBe('blocked');
    expect(findingOf(ground, 'rotation.acs_service')?.detail).toContain(sentence);
  });

  it('is unknown where the logins are hidden', () => {
    expect(rotation(site.withSurvey({ principals: site.lost }))?.state).toBe('unknown');
  });

  it('does not apply with Windows logins only, and that is said once', () => {
    const ground = site.withServer({ windowsOnly: true });
    expect(rotation(ground)).toMatchObject({ state: 'ready', sentence: expect.stringContaining('does not apply') });
    const said = assess(ground).findings.filter(({ title, detail }) =>
      `${title} ${detail}`.includes('Windows logins only'),
    );
    expect(said).toHaveLength(1);
  });
});

describe('Secure mode', () => {
  it('is unknown where no firewall can be read, with that sentence', () => {
    const cause = failure('firewall-no-adapter');
    const ground = { ...site.soundGround, firewall: unknown(cause, site.now) };
    expect(verdict(ground, 'secure mode')).toMatchObject({ state: 'unknown', sentence: cause.sentence });
    expect(verdict(site.soundGround, 'secure mode')?.state).toBe('ready');
  });

  it('is unknown where the listeners were not read', () => {
    expect(verdict(site.withSurvey({ connections: site.noRight }), 'secure mode')?.state).toBe('unknown');
  });
});

describe('An assessment', () => {
  it('holds nothing but good findings and notes for a sound site, and is ready for everything', () => {
    const report = assess(site.soundGround);
    expect(report.findings.filter(({ severity }) => severity !== 'good' && severity !== 'note')).toEqual([]);
    expect(report.verdicts.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
  });

  it('has an answer to every question, whatever could not be read, and none of them is good', () => {
    const nothing = site.withSurvey({
      server: site.lost,
      database: site.lost,
      connections: site.lost,
      table: site.lost,
      kind: site.lost,
      modules: site.lost,
      plans: site.lost,
      principals: site.lost,
      controllers: site.lost,
    });
    const report = assess(nothing);
    expect(report.findings.filter(({ severity }) => severity === 'good').map(({ id }) => id)).toEqual([
      'endpoint.reached',
      'encryption.certificate',
    ]);
    expect(report.verdicts.map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('turns a defect of its own into an unknown finding instead of failing', () => {
    const broken = site.withSurvey({ table: { ok: true, value: { ...site.table, columns: undefined as never } } });
    expect(assess(broken).findings.find(({ id }) => id === 'controller-table.failed')).toMatchObject({
      severity: 'unknown',
    });
    expect(verdict(broken, 'commissioning mode')?.state).toBe('unknown');
  });

  it('says how it was reached', () => {
    expect({ host, transport }).toEqual({ host: 'sql.example', transport: { kind: 'tcp', port: 1433 } });
    expect(findingOf(site.soundGround, 'endpoint.reached')?.detail).toContain('sql.example:1433');
  });

  it('shows no endless list', () => {
    const models = Array.from({ length: 120 }, (_none, at) => ({ model: `M${at}`, controllers: 1 }));
    const evidence = findingOf(site.withControllers({ models }), 'models.dropped')?.evidence ?? [];
    expect(evidence).toHaveLength(51);
    expect(evidence.at(-1)).toBe('and 70 more');
  });
});
