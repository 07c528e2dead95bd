import { Button, Field, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import type { ReactElement } from 'react';
import { useSession, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { faultsAt } from '../../store/assistant-faults.ts';
import { confirmField } from '../../store/assistant.ts';
import type { DraftFieldPath } from '../../store/draft-fields.ts';
import { isHole } from '../../store/draft-holes.ts';
import { useAssistant } from './use-assistant.ts';

const useStyles = makeStyles({
  field: { display: 'flex', flexDirection: 'column', alignItems: 'stretch', gap: '4px', minWidth: 0 },
  path: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase100 },
  confirm: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px' },
});

interface DraftFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  /** What is confirmed here. */
  readonly field: DraftFieldPath;
  /** Where its faults are, when that is deeper. */
  readonly path?: string;
  /** False where the mark of a guess stands elsewhere for this field. */
  readonly marked?: boolean;
  readonly children: ReactElement;
}

/** One field of the profile: what it is, what is wrong with it by its path, and whether it was only guessed. */
export function DraftField(props: DraftFieldProps) {
  const { label, hint, required = false, field, path = field, marked = true, children } = props;
  const styles = useStyles();
  const faults = faultsAt(useAssistant(), path);
  return (
    <div className={styles.field}>
      <Field
        label={label}
        required={required}
        {...(hint === undefined ? {} : { hint })}
        {...(faults.length === 0
          ? {}
          : {
              validationState: 'error' as const,
              validationMessage: {
                children: faults.map((fault) => (
                  <span key={fault.path + fault.sentence}>
                    {fault.sentence} <code className={styles.path}>{fault.path}</code>{' '}
                  </span>
                )),
              },
            })}
      >
        {children}
      </Field>
      {marked ? <ToConfirm field={field} label={label} /> : null}
    </div>
  );
}

/** Marks what was only guessed, until a person says that it is right. */
export function ToConfirm({ field, label }: { readonly field: DraftFieldPath; readonly label: string }) {
  const styles = useStyles();
  const session = useSession();
  const { confirm } = useText().siteAssistant;
  const { toConfirm, draft } = useAssistant();
  if (!toConfirm.includes(field)) return null;
  if (isHole(draft, field)) {
    return (
      <div className={styles.confirm}>
        <Tag tone="attention">{confirm.hole}</Tag>
      </div>
    );
  }
  return (
    <div className={styles.confirm}>
      <Tag tone="attention">{confirm.mark}</Tag>
      <Button
        size="small"
        icon={<CheckmarkRegular />}
        aria-label={confirm.rightNamed(label)}
        onClick={() => confirmField(session, field)}
      >
        {confirm.right}
      </Button>
    </div>
  );
}
