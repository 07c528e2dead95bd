import { preparationIds } from '#electron/database/catalogue.ts';
import { grantsFor, seesDefinitions } from './grants.ts';
import { judge, partlyHidden, unread } from './ground.ts';
import type { FindingsOf } from './ground.ts';

const bears = ['commissioning mode'] as const;
/** Without these nothing of Mortise works; what else is there differs from version to version. */
const core = ['site_state', 'controller_register', 'state_history'];

/** What is there under Mortise's names: nothing, a prepared site, or what an earlier visit left behind. */
export const objectFindings: FindingsOf = (ground) => {
  const { table } = ground.survey;
  if (!table.ok) return [unread('objects', 'unread', { what: "Mortise's objects", cause: table.error, bears })];
  const { own, ownSchema } = table.value;
  const evidence = own.map(({ schema, name, type }) => `${schema}.${name} (${type})`);
  if (own.length === 0 && !ownSchema) {
    if (!seesDefinitions(ground))
      return [
        partlyHidden('objects', 'there', {
          what: "whether Mortise's objects are there",
          grants: [grantsFor(ground).viewAnyDefinition],
          bears,
        }),
      ];
    return [
      judge('objects', 'there', {
        severity: 'good',
        title: 'Nothing of Mortise is in the database yet',
        detail: `Preparing the site runs ${preparationIds.length} batches, each shown before.`,
      }),
    ];
  }
  const inSchema = new Set(own.filter(({ schema }) => schema === 'mortise').map(({ name }) => name.toLowerCase()));
  const complete = core.every((name) => inSchema.has(name));
  return [
    complete
      ? judge('objects', 'there', {
          severity: 'note',
          title: 'The site is prepared',
          detail: "Mortise's objects are in the database. What holds now is on the General tab.",
          evidence,
        })
      : judge('objects', 'there', {
          severity: 'blocking',
          title: "Parts of Mortise's objects are left over",
          detail: `A part of them is there and a part is not (${core.filter((name) => !inSchema.has(name)).join(', ')}), or something else uses the schema "mortise".`,
          next: 'Look at what is there. Remove what an earlier visit left behind, then prepare the site.',
          evidence: ownSchema && own.length === 0 ? ['an empty schema mortise'] : evidence,
          bears,
        }),
  ];
};
