import type { LoginRequest, SqlMessage } from '../tds/backend.ts';
import type { SessionFacts } from './registry.ts';

/** What a practised bad day does to a request. */
export type FaultVerdict =
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Takes the place of the answer; severity 20 and above ends the connection. */
  | { readonly kind: 'error'; readonly message: SqlMessage }
  /** The connection is cut without a word. */
  | { readonly kind: 'drop' };

/** Asked at each login and request. All of them left out: a server without faults. */
export interface Faults {
  readonly login?: (request: LoginRequest) => SqlMessage | undefined;
  /** Before the text (or procedure) takes effect. */
  readonly before?: (text: string, session: SessionFacts) => FaultVerdict | undefined;
  /** After it took effect, before the client is told. */
  readonly after?: (text: string, session: SessionFacts) => FaultVerdict | undefined;
}
