import { DocumentSave } from '../../components/document-save.tsx';
import { useSession, useText } from '../../components/session-context.tsx';

/** Saves the summary that the customer gets. */
export function SummarySave() {
  const { client } = useSession();
  const { lockdown: words } = useText();
  return <DocumentSave label={words.summary} save={(format) => client.lockdown.saveSummary({ format })} />;
}
