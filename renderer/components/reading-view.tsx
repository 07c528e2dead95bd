import { makeStyles, tokens } from '@fluentui/react-components';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import type { ReactNode } from 'react';
import type { Reading } from '#shared/reading.ts';
import { Moment } from './moment.tsx';
import { useText } from './session-context.tsx';

const useStyles = makeStyles({
  unknown: {
    display: 'flex',
    gap: '10px',
    padding: '10px 12px',
    border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
    overflowWrap: 'anywhere',
    '& svg': { flexShrink: 0, fontSize: '20px', marginBlockStart: '1px' },
  },
  word: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
});

type Unknown = Extract<Reading<never>, { state: 'unknown' }>;

/** What stands in the place of something that could not be read: never an empty list, never "off". */
export function UnknownReading({ reading }: { readonly reading: Unknown }) {
  const styles = useStyles();
  const { words } = useText();
  return (
    <div className={styles.unknown} data-tone="unknown">
      <QuestionCircleRegular aria-hidden />
      <div>
        <p>
          <span className={styles.word}>{words.unknown}.</span> {reading.cause.sentence}
        </p>
        <p className={styles.quiet}>
          {words.whatToDo} {reading.cause.next}
        </p>
        <p className={styles.quiet}>
          {words.triedAt} <Moment at={reading.at} />
        </p>
      </div>
    </div>
  );
}

/** Shows a reading by `children` when it is known, and says why when it is not. */
export function ReadingView<T>({
  reading,
  children,
}: {
  readonly reading: Reading<T>;
  readonly children: (value: T) => ReactNode;
}) {
  return reading.state === 'known' ? children(reading.value) : <UnknownReading reading={reading} />;
}
