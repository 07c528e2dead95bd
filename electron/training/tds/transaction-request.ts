import type { SqlMessage } from './backend.ts';
import { ByteReader } from './byte-reader.ts';
import type { RequestContext } from './request-context.ts';
import type { Response } from './response.ts';

/** Transaction manager requests of [MS-TDS] 2.2.6.9; the distributed ones are not among them. */
const requestType = { begin: 5, commit: 7, rollback: 8, save: 9 } as const;

/** A commit or rollback may ask for the next transaction to begin right away. */
const beginsAnother = 0x01;

/** Carries out one transaction manager request and tells the client of the transaction that is then current. */
export function serveTransactionRequest(body: Buffer, context: RequestContext, response: Response): void {
  const reader = new ByteReader(body);
  const type = reader.u16();
  switch (type) {
    case requestType.begin:
      begin(reader, context, response);
      return;
    case requestType.commit: {
      reader.transactionName();
      end(context.session.commit(), 'commit', reader, context, response);
      return;
    }
    case requestType.rollback: {
      const name = reader.transactionName();
      const savepoint = name === '' || name === context.transactionName ? undefined : name;
      end(context.session.rollback(savepoint), 'rollback', reader, context, response);
      return;
    }
    case requestType.save: {
      const failure = context.session.save(reader.transactionName());
      if (failure !== undefined) {
        response.message(failure);
      }
      return;
    }
    default:
      response.message(unknownRequest(type));
  }
}

function begin(reader: ByteReader, context: RequestContext, response: Response): void {
  const isolation = reader.u8();
  const name = reader.finished ? '' : reader.transactionName();
  const outermost = context.session.transaction() === 0n;
  response.transaction(context.session.begin(isolation));
  if (outermost) {
    context.transactionName = name;
  }
}

/** A rollback to a savepoint, or the commit of a nested transaction, leaves the transaction open: nothing is told then. */
function end(
  failure: SqlMessage | undefined,
  outcome: 'commit' | 'rollback',
  reader: ByteReader,
  context: RequestContext,
  response: Response,
): void {
  if (failure !== undefined) {
    response.message(failure);
  }
  const current = context.session.transaction();
  response.transaction(current, outcome);
  if (current === 0n) {
    context.transactionName = '';
  }
  if (failure === undefined && !reader.finished && (reader.u8() & beginsAnother) !== 0) {
    begin(reader, context, response);
  }
}

function unknownRequest(type: number): SqlMessage {
  return {
    number: 50_001,
    severity: 16,
    state: 1,
    text: `The training site does not know transaction manager request ${type}: there are no distributed transactions.`,
    procedure: '',
    line: 1,
  };
}
