import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ButtonProps } from '@fluentui/react-components';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { useId } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { ChangeName } from '#shared/change-names.ts';
import { useSession, useSnapshot, useText } from './session-context.tsx';
import type { ChangeRequest } from '../store/change-request.ts';
import { beginChange } from '../store/change-steps.ts';

const useStyles = makeStyles({
  group: { display: 'inline-flex', flexDirection: 'column', alignItems: 'flex-start', gap: '2px', minWidth: 0 },
  why: {
    display: 'flex',
    gap: '4px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
    '& svg': { flexShrink: 0, marginBlockStart: '1px' },
  },
  hidden: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

interface PermittedButtonProps {
  readonly request: ChangeRequest;
  readonly children: ReactNode;
  readonly appearance?: NonNullable<ButtonProps['appearance']>;
  readonly size?: NonNullable<ButtonProps['size']>;
  readonly icon?: ReactElement;
  /** Its full name where the label alone says too little, as in a row of a table. */
  readonly label?: string;
  /** Why this one cannot, besides what the snapshot says of the change. */
  readonly whyNot?: string | null;
  /** Keeps the reason for screen readers and hovering, where it stands in words nearby. */
  readonly whyElsewhere?: boolean;
}

/** Whether main allows this change now, and if not why. */
export function useWhyNot(change: ChangeName): string | null {
  const permission = useSnapshot().permissions[change];
  return permission.allowed ? null : permission.why;
}

/**
 * A button that begins a change. When main does not allow it the button stays reachable by keyboard, does nothing, and
 * its reason is written beside it.
 */
export function PermittedButton(props: PermittedButtonProps) {
  const { request, children, appearance = 'secondary', size = 'medium', icon, label, whyElsewhere = false } = props;
  const styles = useStyles();
  const session = useSession();
  const { words } = useText();
  const id = useId();
  const forbidden = useWhyNot(request.change);
  const why = forbidden ?? props.whyNot ?? null;
  return (
    <span className={styles.group}>
      <Button
        appearance={appearance}
        size={size}
        disabledFocusable={why !== null}
        onClick={() => void beginChange(session, request)}
        {...(icon === undefined ? {} : { icon })}
        {...(label === undefined ? {} : { 'aria-label': label })}
        {...(why === null ? {} : { 'aria-describedby': id, title: why })}
      >
        {children}
      </Button>
      {why === null ? null : (
        <span id={id} className={mergeClasses(whyElsewhere ? styles.hidden : styles.why)}>
          {whyElsewhere ? null : <LockClosedRegular aria-hidden />}
          <span>
            {words.notAllowedNow} {why}
          </span>
        </span>
      )}
    </span>
  );
}
