import type { SqlMessage } from './backend.ts';
import { ByteReader } from './byte-reader.ts';
import { packetType, type Message } from './packets.ts';
import { callProcedures, refusedParameter } from './procedure-calls.ts';
import { ProtocolViolation } from './protocol-violation.ts';
import { defect, relay } from './relay.ts';
import type { RequestContext } from './request-context.ts';
import { resetConnection } from './reset-connection.ts';
import type { Response } from './response.ts';
import { readRpc } from './rpc.ts';
import { serveTransactionRequest } from './transaction-request.ts';

/**
 * Serves one request up to the last token but the closing DONE, which the caller writes: it knows whether the request was
 * cut short. A malformed message is a `ProtocolViolation`.
 */
export async function serveRequest(
  message: Message,
  context: RequestContext,
  response: Response,
  signal: AbortSignal,
): Promise<void> {
  const comparesDescriptor = resetConnection(message.reset, context, response);
  if (message.abandoned) {
    return;
  }
  const { descriptor, body } = readAllHeaders(message.body);
  if (comparesDescriptor && descriptor !== context.session.transaction()) {
    response.message(wrongDescriptor);
    return;
  }
  try {
    await dispatch(message.type, body, context, response, signal);
  } catch (error) {
    if (error instanceof ProtocolViolation) {
      throw error;
    }
    response.message(defect(error));
  }
  response.transaction(context.session.transaction());
}

async function dispatch(
  type: number,
  body: Buffer,
  context: RequestContext,
  response: Response,
  signal: AbortSignal,
): Promise<void> {
  switch (type) {
    case packetType.batch:
      await relay(context.session.execute(body.toString('utf16le'), [], signal), response, signal);
      return;
    case packetType.rpc: {
      const rpc = readRpc(body);
      if (rpc.ok) {
        await callProcedures(rpc.calls, context, response, signal);
      } else {
        response.message(refusedParameter(rpc.refused));
      }
      return;
    }
    case packetType.transaction:
      serveTransactionRequest(body, context, response);
      return;
    default:
      throw new ProtocolViolation(`a message of type ${type}`);
  }
}

/** ALL_HEADERS: of what a request may carry there, only the transaction descriptor matters here. */
function readAllHeaders(message: Buffer): { readonly descriptor: bigint; readonly body: Buffer } {
  const transactionDescriptor = 2;
  const reader = new ByteReader(message);
  const total = reader.u32();
  if (total < 4) {
    throw new ProtocolViolation('ALL_HEADERS is shorter than its own length');
  }
  const headers = new ByteReader(reader.take(total - 4));
  let descriptor = 0n;
  while (!headers.finished) {
    const length = headers.u32();
    if (length < 6) {
      throw new ProtocolViolation('a header is shorter than its own length');
    }
    const type = headers.u16();
    const body = new ByteReader(headers.take(length - 6));
    if (type === transactionDescriptor) {
      descriptor = body.u64();
    }
  }
  return { descriptor, body: reader.rest() };
}

const wrongDescriptor: SqlMessage = {
  number: 3989,
  severity: 16,
  state: 1,
  text: 'New request is not allowed to start because it should come with valid transaction descriptor.',
  procedure: '',
  line: 1,
};
