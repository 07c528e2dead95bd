import { makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Icon, Tone } from './tone.tsx';
import { toneIcons } from './tone.tsx';

const useStyles = makeStyles({
  tag: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    maxWidth: '100%',
    paddingInline: '6px',
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightMedium,
    '& svg': { flexShrink: 0, fontSize: '14px' },
  },
  good: {
    color: tokens.colorStatusSuccessForeground1,
    backgroundColor: tokens.colorStatusSuccessBackground1,
    ...shorthands.borderColor(tokens.colorStatusSuccessBorder1),
  },
  attention: {
    color: tokens.colorStatusWarningForeground3,
    backgroundColor: tokens.colorStatusWarningBackground1,
    ...shorthands.borderColor(tokens.colorStatusWarningBorder1),
  },
  danger: {
    color: tokens.colorStatusDangerForeground1,
    backgroundColor: tokens.colorStatusDangerBackground1,
    ...shorthands.borderColor(tokens.colorStatusDangerBorder1),
  },
  unknown: {
    color: tokens.colorNeutralForeground2,
    backgroundColor: 'transparent',
    border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`,
    fontStyle: 'italic',
  },
  neutral: {
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground3,
    ...shorthands.borderColor(tokens.colorNeutralStroke2),
  },
});

/** One fact in a word or two with its icon. Unknown has a look of its own: a broken outline. */
export function Tag({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone;
  readonly icon?: Icon;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  const Shown = icon ?? toneIcons[tone];
  return (
    <span className={mergeClasses(styles.tag, styles[tone])} data-tone={tone}>
      <Shown aria-hidden />
      <span>{children}</span>
    </span>
  );
}
