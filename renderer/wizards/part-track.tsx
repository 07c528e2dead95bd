import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { LiveLine } from '../components/live-line.tsx';
import { usePartNumberStyles } from './part-number.ts';

const useStyles = makeStyles({
  track: { gap: '4px 8px' },
  part: { paddingInlineEnd: '8px', color: tokens.colorNeutralForeground3 },
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
  const number = usePartNumberStyles();
  return (
    <>
      <ol className={mergeClasses(number.list, styles.track)} aria-label={label}>
        {parts.map((part) => (
          <li
            key={part}
            className={mergeClasses(number.counted, number.numbered, styles.part, part === now && number.now)}
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
