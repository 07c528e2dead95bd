const times = (count: number, type: string): readonly string[] => Array.from({ length: count }, () => type);

/** How every statement that reads begins. */
const reads = (selects: number) => ['PredicateSet', 'SetCommand', ...times(selects, 'Select')];

/**
 * What each text of the catalogue consists of, in Microsoft's words, of which each ends in "Statement". A misspelt word is
 * no syntax error in T-SQL but the call of a procedure, so that a text without errors says little without this.
 */
export const statementTypes: Readonly<Record<string, readonly string[]>> = {
  '10-schema': ['CreateSchema'],
  '11-agent': ['CreateUser'],
  '20-site-state': ['CreateTable'],
  '21-controller-register': ['CreateTable'],
  '22-state-history': ['CreateTable'],
  '23-truncate-stop': ['CreateTable'],
  '24-state-history-append-only': ['CreateTrigger'],
  '30-effective-state': ['CreateFunction'],
  '40-guard-membership': ['CreateTrigger'],
  '41-guard-identity': ['CreateTrigger'],
  '50-commissioning-off': ['CreateProcedure'],
  '51-commissioning-on': ['CreateProcedure'],
  '60-first-state': ['Insert'],
  '70-rights': times(4, 'Grant'),
  remove: [
    ...times(2, 'DropTrigger'),
    ...times(2, 'DropProcedure'),
    'DropFunction',
    ...times(4, 'DropTable'),
    ...times(3, 'Revoke'),
    'DropUser',
    'DropSchema',
  ],
  status: [...reads(6), 'If', 'If'],
  'login-facts': ['PredicateSet', 'Select'],
  'login-sessions': ['PredicateSet', 'Select'],
  'change-own-password': ['AlterLoginOptions'],
  'who-am-i': ['PredicateSet', 'Select'],
  'commissioning-off': ['Execute'],
  'commissioning-on': ['Execute'],
  'lock-site': ['DeclareVariable', 'Execute', 'Select'],
  'server-identity': ['PredicateSet', 'Select'],
  'assessment-server': reads(3),
  'assessment-database': reads(1),
  'assessment-connections': reads(4),
  'assessment-table': reads(7),
  'assessment-table-kind': ['PredicateSet', 'Select'],
  'assessment-modules': reads(2),
  'assessment-plans': reads(1),
  'assessment-principals': reads(6),
  'assessment-controllers': reads(2),
  'discover-server': reads(3),
  'discover-tables': reads(4),
};
