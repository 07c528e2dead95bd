import { answerOf } from './asked.ts';
import type { Asked } from './asked.ts';
import type { Verification } from '#shared/verification.ts';
import type { Session } from './session.ts';
import { answered } from './session.ts';

/** Has main find out which secret of this login is where. Changes nothing; a change that ends meanwhile wins over the answer. */
export async function verifyLogin({ client, store }: Session, login: string): Promise<void> {
  const asking: Asked<Verification> = { state: 'asking' };
  store.setState(({ verifications }) => ({ verifications: { ...verifications, [login]: asking } }));
  const answer = await answered(client.rotation.verify({ login }));
  store.setState(({ verifications }) =>
    verifications[login] === asking ? { verifications: { ...verifications, [login]: answerOf(answer) } } : {},
  );
}

/** Takes the result of one login from the screen. */
export function forgetVerification({ store }: Session, login: string): void {
  store.setState(({ verifications }) => {
    const { [login]: _gone, ...others } = verifications;
    return { verifications: others };
  });
}
