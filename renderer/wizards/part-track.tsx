import { makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components';
import { LiveLine } from '../components/live-line.tsx';

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

interface PartTrackProps {
  readonly label: string;
  /** The parts in order, as they are called. */
  readonly parts: readonly string[];
  readonly now: string;
  /** Read out whenever it changes. */
  readonly said: string;
}

/** How far the person is: the parts of a guided sequence, the present one marked by weight, fill and `aria-current`. */
export function PartTrack({ label, parts, now, said }: PartTrackProps) {
  const styles = useStyles();
  return (
    <>
      <ol className={styles.track} aria-label={label}>
        {parts.map((part) => (
          <li
            key={part}
            className={mergeClasses(styles.part, part === now && styles.now)}
            {...(part === now ? { 'aria-current': 'step' as const } : {})}
          >
            {part}
          </li>
        ))}
      </ol>
      <LiveLine>{said}</LiveLine>
    </>
  );
}
