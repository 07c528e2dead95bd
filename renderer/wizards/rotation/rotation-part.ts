import type { ChangeFlow } from '../../store/change-flow.ts';

export const rotationParts = ['choose', 'plan', 'run', 'outcome'] as const;
export type RotationPart = (typeof rotationParts)[number];

const ofPhase: { readonly [P in ChangeFlow['phase']['name']]: RotationPart } = {
  asking: 'choose',
  planning: 'plan',
  refused: 'plan',
  planned: 'plan',
  applying: 'run',
  failed: 'outcome',
  ended: 'outcome',
};

/** Which part of the rotation's screen is shown: by the change that was asked for here, else the choice of logins. */
export const rotationPartOf = (flow: ChangeFlow | null): RotationPart =>
  flow?.place === 'rotation' ? ofPhase[flow.phase.name] : 'choose';

/** The logins that a flow of this screen rotates, as they were ticked. */
export function loginsOf({ request }: ChangeFlow): readonly string[] {
  if (request.change === 'rotation.rotateMany') return request.logins;
  return request.change === 'rotation.rotate' ? [request.login] : [];
}
