import { makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components';
import type { Icon, Tone } from '../components/tone.tsx';

const useStyles = makeStyles({
  pill: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    paddingBlock: '3px',
    paddingInline: '10px',
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    lineHeight: tokens.lineHeightBase200,
    fontSize: tokens.fontSizeBase200,
    '& svg': { fontSize: '16px', flexShrink: 0 },
  },
  title: { color: tokens.colorNeutralForeground2 },
  word: { fontWeight: tokens.fontWeightSemibold },
  good: {
    backgroundColor: tokens.colorStatusSuccessBackground1,
    color: tokens.colorStatusSuccessForeground1,
    ...shorthands.borderColor(tokens.colorStatusSuccessBorder1),
  },
  attention: {
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground3,
    ...shorthands.borderColor(tokens.colorStatusWarningBorder1),
  },
  danger: {
    backgroundColor: tokens.colorStatusDangerBackground1,
    color: tokens.colorStatusDangerForeground1,
    ...shorthands.borderColor(tokens.colorStatusDangerBorder1),
  },
  unknown: {
    border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`,
    color: tokens.colorNeutralForeground2,
    fontStyle: 'italic',
  },
  neutral: { color: tokens.colorNeutralForeground2 },
});

export interface Status {
  readonly tone: Tone;
  readonly word: string;
  readonly icon: Icon;
}

/** One state of the site: what, its word, and an icon that differs by more than colour. */
export function StatusPill({ title, status }: { readonly title: string; readonly status: Status }) {
  const styles = useStyles();
  const Shown = status.icon;
  return (
    <li className={mergeClasses(styles.pill, styles[status.tone])} data-tone={status.tone}>
      <Shown aria-hidden />
      <span>
        <span className={styles.title}>{title}:</span> <span className={styles.word}>{status.word}</span>
      </span>
    </li>
  );
}
