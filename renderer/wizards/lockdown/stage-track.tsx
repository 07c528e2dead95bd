import { makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components';
import { LiveLine } from '../../components/live-line.tsx';
import { useText } from '../../components/session-context.tsx';
import { stages } from './lockdown-stage.ts';
import type { Stage } from './lockdown-stage.ts';

const useStyles = makeStyles({
  track: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', counterReset: 'part' },
  part: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    paddingInlineEnd: '8px',
    color: tokens.colorNeutralForeground3,
    counterIncrement: 'part',
    '::before': {
      content: 'counter(part)',
      display: 'grid',
      placeItems: 'center',
      width: '22px',
      height: '22px',
      borderRadius: tokens.borderRadiusCircular,
      border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
      fontSize: tokens.fontSizeBase200,
    },
  },
  now: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    '::before': {
      backgroundColor: tokens.colorBrandBackground,
      ...shorthands.borderColor(tokens.colorBrandBackground),
      color: tokens.colorNeutralForegroundOnBrand,
    },
  },
});

/** How far the person is: the four parts, the present one marked by weight, fill and `aria-current`. */
export function StageTrack({ stage, label }: { readonly stage: Stage; readonly label: string }) {
  const styles = useStyles();
  const { lockdown } = useText();
  return (
    <>
      <ol className={styles.track} aria-label={lockdown.stagesLabel}>
        {stages.map((part) => (
          <li
            key={part}
            className={mergeClasses(styles.part, part === stage && styles.now)}
            {...(part === stage ? { 'aria-current': 'step' as const } : {})}
          >
            {lockdown.stages[part]}
          </li>
        ))}
      </ol>
      <LiveLine>{label}</LiveLine>
    </>
  );
}
