import { Button } from '@fluentui/react-components';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { useState } from 'react';
import type { Result } from '#shared/result.ts';
import { FailureMessage } from '../../components/failure-message.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { answered } from '../../store/session.ts';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';

type Saving =
  | { readonly state: 'idle' | 'saving' }
  | { readonly state: 'answered'; readonly answer: Result<{ path: string | null }> };

/** Saves the summary that the customer gets; main asks where. */
export function SummarySave() {
  const styles = useTabStyles();
  const { client } = useSession();
  const { lockdown: words } = useText();
  const [saving, setSaving] = useState<Saving>({ state: 'idle' });
  const save = async (format: 'html' | 'json') => {
    setSaving({ state: 'saving' });
    setSaving({ state: 'answered', answer: await answered(client.lockdown.saveSummary({ format })) });
  };
  const busy = saving.state === 'saving';
  return (
    <section className={styles.stack} aria-label={words.summary}>
      <div className={styles.buttons}>
        <Button icon={<SaveRegular />} disabledFocusable={busy} onClick={() => void save('html')}>
          {words.saveHtml}
        </Button>
        <Button icon={<SaveRegular />} disabledFocusable={busy} onClick={() => void save('json')}>
          {words.saveJson}
        </Button>
      </div>
      {saving.state === 'answered' && !saving.answer.ok ? (
        <FailureMessage failure={saving.answer.error} />
      ) : (
        <output className={styles.quiet}>
          <SavedLine saving={saving} />
        </output>
      )}
    </section>
  );
}

function SavedLine({ saving }: { readonly saving: Saving }) {
  const { lockdown: words } = useText();
  if (saving.state === 'saving') return words.saving;
  if (saving.state !== 'answered' || !saving.answer.ok) return null;
  const { path } = saving.answer.value;
  return path === null ? words.notSaved : words.savedTo(path);
}
