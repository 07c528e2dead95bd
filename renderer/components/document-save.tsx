import { Button } from '@fluentui/react-components';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { useState } from 'react';
import type { Result } from '#shared/result.ts';
import { answered } from '../store/session.ts';
import { useTabStyles } from '../tabs/use-tab-styles.ts';
import { FailureMessage } from './failure-message.tsx';
import { useText } from './session-context.tsx';

type Saved = Result<{ readonly path: string | null }>;

type Saving = { readonly state: 'idle' | 'saving' } | { readonly state: 'answered'; readonly answer: Saved };

interface DocumentSaveProps {
  readonly label: string;
  /** Main asks where, and answers the path, or null when the person cancelled. */
  readonly save: (format: 'html' | 'json') => Promise<Saved>;
}

/** Saves a document as HTML for people or JSON for programs; main asks where. */
export function DocumentSave({ label, save }: DocumentSaveProps) {
  const styles = useTabStyles();
  const { words } = useText();
  const [saving, setSaving] = useState<Saving>({ state: 'idle' });
  const begin = async (format: 'html' | 'json') => {
    setSaving({ state: 'saving' });
    setSaving({ state: 'answered', answer: await answered(save(format)) });
  };
  const busy = saving.state === 'saving';
  return (
    <section className={styles.stack} aria-label={label}>
      <div className={styles.buttons}>
        <Button icon={<SaveRegular />} disabledFocusable={busy} onClick={() => void begin('html')}>
          {words.saveHtml}
        </Button>
        <Button icon={<SaveRegular />} disabledFocusable={busy} onClick={() => void begin('json')}>
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
  const { words } = useText();
  if (saving.state === 'saving') return words.saving;
  if (saving.state !== 'answered' || !saving.answer.ok) return null;
  const { path } = saving.answer.value;
  return path === null ? words.notSaved : words.savedTo(path);
}
