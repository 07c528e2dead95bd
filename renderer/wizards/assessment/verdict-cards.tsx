import { makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components';
import { verdictSchema } from '#shared/assessment.ts';
import type { AssessmentVerdict } from '#shared/assessment.ts';
import { useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import type { Tone } from '../../components/tone.tsx';

const useStyles = makeStyles({
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
    gap: '12px',
  },
  card: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: '6px',
    padding: '14px 16px',
    minWidth: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflowWrap: 'anywhere',
  },
  title: {
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  ready: { borderTop: `3px solid ${tokens.colorStatusSuccessBorder2}` },
  blocked: { borderTop: `3px solid ${tokens.colorStatusDangerBorder2}` },
  unknown: {
    ...shorthands.borderStyle('dashed'),
    ...shorthands.borderColor(tokens.colorNeutralStrokeAccessible),
    borderTopWidth: '3px',
  },
});

const tones: { readonly [S in AssessmentVerdict['state']]: Tone } = {
  ready: 'good',
  blocked: 'danger',
  unknown: 'unknown',
};

/** The verdicts before everything else. What the report leaves out is unknown, which never looks like ready. */
export function VerdictCards({ verdicts }: { readonly verdicts: readonly AssessmentVerdict[] }) {
  const styles = useStyles();
  const { assessment: words } = useText();
  return (
    <ul className={styles.cards} aria-label={words.verdicts}>
      {verdictSchema.shape.what.options.map((what) => {
        const verdict = verdicts.find((one) => one.what === what);
        const state = verdict?.state ?? 'unknown';
        return (
          <li key={what} className={mergeClasses(styles.card, styles[state])} data-state={state}>
            <h3 className={styles.title}>{words.verdictTitles[what]}</h3>
            <Tag tone={tones[state]}>{words.verdictStates[state]}</Tag>
            <p>{verdict?.sentence ?? words.noVerdict}</p>
          </li>
        );
      })}
    </ul>
  );
}
