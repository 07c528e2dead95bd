import { makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components';
import { LiveLine } from '../../components/live-line.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { faultsOfStep } from '../../store/assistant-faults.ts';
import { goToStep } from '../../store/assistant.ts';
import { assistantSteps } from '../../store/assistant-state.ts';
import type { Assistant } from '../../store/assistant-state.ts';

const useStyles = makeStyles({
  track: { display: 'flex', flexWrap: 'wrap', gap: '4px 6px', counterReset: 'part' },
  part: { counterIncrement: 'part' },
  button: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '3px 10px 3px 4px',
    font: 'inherit',
    textAlign: 'start',
    cursor: 'pointer',
    color: tokens.colorNeutralForeground2,
    backgroundColor: 'transparent',
    ...shorthands.borderStyle('none'),
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '::before': {
      content: 'counter(part)',
      display: 'grid',
      placeItems: 'center',
      width: '22px',
      height: '22px',
      flexShrink: 0,
      borderRadius: tokens.borderRadiusCircular,
      border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
      fontSize: tokens.fontSizeBase200,
    },
  },
  wrong: { '::before': { content: '"!"', ...shorthands.borderColor(tokens.colorStatusDangerBorder2) } },
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

/** The parts of the assistant; each can be gone to at any time, and one that was left with faults says so. */
export function AssistantTrack({ assistant }: { readonly assistant: Assistant }) {
  const styles = useStyles();
  const session = useSession();
  const { siteAssistant: words } = useText();
  const { step, left } = assistant;
  return (
    <>
      <ol className={styles.track} aria-label={words.stepsLabel}>
        {assistantSteps.map((each) => {
          const faults = left.includes(each) && each !== step ? faultsOfStep(assistant, each).length : 0;
          return (
            <li key={each} className={styles.part}>
              <button
                type="button"
                className={mergeClasses(styles.button, faults > 0 && styles.wrong, each === step && styles.now)}
                {...(each === step ? { 'aria-current': 'step' as const } : {})}
                {...(faults > 0 ? { title: words.review.faults(faults) } : {})}
                onClick={() => goToStep(session, each)}
              >
                {words.steps[each]}
              </button>
            </li>
          );
        })}
      </ol>
      <LiveLine>{words.step(assistantSteps.indexOf(step) + 1, assistantSteps.length, words.steps[step])}</LiveLine>
    </>
  );
}
