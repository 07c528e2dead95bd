import type { Result } from '#shared/result.ts';
import { answerOf, notAsked } from './asked.ts';
import { markPlace } from './marked-place.ts';
import type { Place } from './screen-store.ts';
import type { Session } from './session.ts';
import { answered, load } from './session.ts';

/** Reads which sites there are. */
export async function readLibrary({ client, store }: Session): Promise<void> {
  if (store.getState().library.state === 'not-asked') store.setState({ library: { state: 'asking' } });
  const answer = await answered(client.sites.list({}));
  store.setState({ library: answerOf(answer) });
}

/**
 * Opens a site in this window; null is the training site. What was read of the other one is forgotten. Main may load the
 * page anew for it: the address's fragment says where that begins.
 */
export async function openSite(session: Session, id: string | null, place: Place): Promise<Result<unknown>> {
  markPlace(place);
  const answer = await answered(session.client.sites.open({ id }));
  if (!answer.ok) {
    markPlace('tabs');
    return answer;
  }
  session.store.setState({ view: { state: 'waiting' }, assessment: notAsked, assistant: null, place, tab: 'general' });
  await load(session);
  return answer;
}
