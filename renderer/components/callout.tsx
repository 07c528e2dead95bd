import {
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Tone } from './tone.tsx';
import { toneIcons } from './tone.tsx';

const useStyles = makeStyles({
  bar: {
    minWidth: 0,
    paddingTop: '8px',
    paddingBottom: 0,
    overflowWrap: 'anywhere',
    '& > svg': { alignSelf: 'start' },
  },
  body: { whiteSpace: 'normal', minWidth: 0 },
  title: { display: 'block' },
  next: { display: 'block', color: tokens.colorNeutralForeground2 },
  actions: { flexWrap: 'wrap', justifyContent: 'start' },
});

const intents = { good: 'success', attention: 'warning', danger: 'error', unknown: 'info', neutral: 'info' } as const;

interface CalloutProps {
  readonly tone: Tone;
  readonly title?: string | undefined;
  readonly next?: string | undefined;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** `alert` is read out at once, `status` when there is time. */
  readonly live?: 'alert' | 'status';
}

/** A sentence that must not be missed, what it means, and what to do about it. */
export function Callout({ tone, title, next, children, actions, live }: CalloutProps) {
  const styles = useStyles();
  const Shown = toneIcons[tone];
  return (
    <MessageBar
      className={styles.bar}
      intent={intents[tone]}
      layout="multiline"
      icon={<Shown aria-hidden />}
      {...(live === undefined ? {} : { role: live })}
    >
      <MessageBarBody className={styles.body}>
        {title === undefined ? null : <MessageBarTitle className={styles.title}>{title}</MessageBarTitle>}
        {children}
        {next === undefined ? null : <span className={styles.next}>{next}</span>}
      </MessageBarBody>
      {actions === undefined ? null : <MessageBarActions className={styles.actions}>{actions}</MessageBarActions>}
    </MessageBar>
  );
}
