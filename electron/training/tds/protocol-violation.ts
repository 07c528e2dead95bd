/**
 * Bytes that no TDS client sends: a length beyond the end, a packet out of turn. Thrown by the readers of this folder and
 * caught in one place, the connection, which closes the socket: after a framing fault nothing that follows can be trusted.
 */
export class ProtocolViolation extends Error {
  override readonly name = 'ProtocolViolation';
}
