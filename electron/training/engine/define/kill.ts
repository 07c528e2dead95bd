import type { CallFrame, Run } from '../evaluate/run.ts';
import { isAllowed } from '../security/permissions.ts';
import { sqlError } from '../sql-error.ts';

/** KILL: needs ALTER ANY CONNECTION; not oneself (learn.microsoft.com/sql/t-sql/language-elements/kill-transact-sql). */
export function killSession(id: number, frame: CallFrame, run: Run): void {
  const { server, session } = run;
  if (!isAllowed(server.model, frame.identity, 'ALTER ANY CONNECTION', { class: 'SERVER' })) throw sqlError(6102);
  if (id === session.id) throw sqlError(6104);
  const victim = server.sessions.get(id);
  if (!victim) throw id <= 50 ? sqlError(6107) : sqlError(6106, id);
  server.kill(victim);
}
