import type { ResetRequest } from './packets.ts';
import type { RequestContext } from './request-context.ts';
import type { Response } from './response.ts';

/**
 * RESETCONNECTION, which a pool sets on the first request after it handed a connection out again: it comes before that
 * request and is acknowledged in its response. Returns whether the request's transaction descriptor is to be compared: a
 * pool that reset an open transaction away still sends the old one.
 *
 * With "keep the transaction" and one open, the session is left as it is: the backend can only reset both together.
 */
export function resetConnection(request: ResetRequest, context: RequestContext, response: Response): boolean {
  if (request === 'none') {
    return true;
  }
  const open = context.session.transaction() !== 0n;
  if (request === 'keep-transaction' && open) {
    response.resetAcknowledged();
    return true;
  }
  context.session.reset();
  context.prepared.clear();
  context.transactionName = '';
  context.state.database = context.state.loginDatabase;
  response.transaction(0n, 'rollback');
  response.resetAcknowledged();
  return !open;
}
