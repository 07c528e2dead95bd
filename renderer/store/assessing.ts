import type { SetupLogin } from './change-request.ts';
import type { Session } from './session.ts';
import { answered } from './session.ts';
import { answerOf, notAsked } from './asked.ts';

/** Goes to the assessment; the last report of this site stands there until a new one is made. */
export function showAssessment({ store }: Session): void {
  store.setState({ place: 'assessment' });
}

/** Has main read the site for the report. A login is handed on in this one call and kept nowhere. */
export async function assess({ client, store }: Session, setup: SetupLogin): Promise<void> {
  const asking = { state: 'asking' } as const;
  store.setState({ assessment: asking });
  const answer = await answered(client.assessment.run({ setup }));
  // Another site was opened meanwhile, or the report was asked for again: this answer is of yesterday.
  store.setState((now) => (now.assessment === asking ? { assessment: answerOf(answer) } : {}));
}

/** Back to the question as whom to read. */
export function assessAgain({ store }: Session): void {
  store.setState({ assessment: notAsked });
}
