import { makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components';
import { LiveLine } from '../../components/live-line.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { faultsOfStep } from '../../store/assistant-faults.ts';
import { goToStep } from '../../store/assistant.ts';
import { assistantSteps } from '../../store/assistant-state.ts';
import type { Assistant } from '../../store/assistant-state.ts';
import { usePartNumberStyles } from '../part-number.ts';

const useStyles = makeStyles({
  track: { gap: '4px 6px' },
  button: {
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
  },
  wrong: { '::before': { content: '"!"', ...shorthands.borderColor(tokens.colorStatusDangerBorder2) } },
});

/** The parts of the assistant; each can be gone to at any time, and one that was left with faults says so. */
export function AssistantTrack({ assistant }: { readonly assistant: Assistant }) {
  const styles = useStyles();
  const number = usePartNumberStyles();
  const session = useSession();
  const { siteAssistant: words } = useText();
  const { step, left } = assistant;
  return (
    <>
      <ol className={mergeClasses(number.list, styles.track)} aria-label={words.stepsLabel}>
        {assistantSteps.map((each) => {
          const faults = left.includes(each) && each !== step ? faultsOfStep(assistant, each).length : 0;
          return (
            <li key={each} className={number.counted}>
              <button
                type="button"
                className={mergeClasses(
                  number.numbered,
                  styles.button,
                  faults > 0 && styles.wrong,
                  each === step && number.now,
                )}
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
