import { useSession } from '../../components/session-context.tsx';
import { edit } from '../../store/assistant.ts';
import type { DraftFieldPath } from '../../store/draft-fields.ts';
import type { DraftTable } from '../../store/site-draft.ts';

/** Takes what was typed of the controller table. */
export function useTableEdit(): (change: Partial<DraftTable>, ...fields: readonly DraftFieldPath[]) => void {
  const session = useSession();
  return (change, ...fields) => {
    const table = session.store.getState().assistant?.draft.table;
    if (table) edit(session, { table: { ...table, ...change } }, ...fields);
  };
}
