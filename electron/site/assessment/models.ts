import { counted } from '#shared/counted.ts';
import { grantsFor } from './grants.ts';
import { judge, unread } from './ground.ts';
import type { FindingsOf } from './ground.ts';

/** Which models there are, and which of them the next version of the access-control software drops. */
export const modelFindings: FindingsOf = (ground) => {
  const { model, unsupportedModels } = ground.profile.controllerTable;
  if (model === null)
    return [
      judge('models', 'unknown', {
        severity: 'note',
        title: 'The models are not known',
        detail: 'The profile names no column that holds them.',
      }),
    ];
  const { controllers } = ground.survey;
  if (!controllers.ok)
    return [
      unread('models', 'unread', {
        what: 'the models of the controllers',
        cause: controllers.error,
        grants: [grantsFor(ground).selectControllers],
      }),
    ];
  const { models } = controllers.value;
  const evidence = models.map(({ model: name, controllers: count }) => `${name ?? 'without a model'}: ${count}`);
  const dropped = models.filter(({ model: name }) => name !== null && unsupportedModels.includes(name));
  const count = dropped.reduce((sum, each) => sum + each.controllers, 0);
  return [
    dropped.length === 0
      ? judge('models', 'dropped', {
          severity: unsupportedModels.length === 0 ? 'note' : 'good',
          title:
            unsupportedModels.length === 0
              ? 'No model is listed as dropped by the next version'
              : 'The next version supports every controller',
          detail: `${counted(models.length, 'model', 'models')}.`,
          evidence,
        })
      : judge('models', 'dropped', {
          severity: 'attention',
          title: `${counted(count, 'controller is', 'controllers are')} of a model that the next version drops`,
          detail: dropped.map(({ model: name, controllers: each }) => `${name ?? ''}: ${each}`).join(', '),
          next: 'Plan their replacement before the software is upgraded.',
          evidence,
        }),
  ];
};
