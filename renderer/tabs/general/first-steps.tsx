import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ClipboardSearchRegular } from '@fluentui/react-icons/svg/clipboard-search';
import type { ReactNode } from 'react';
import type { Snapshot } from '#shared/snapshot.ts';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { Section } from '../../components/section.tsx';
import { useScreen, useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { showAssessment } from '../../store/assessing.ts';

const useStyles = makeStyles({
  steps: { display: 'flex', flexDirection: 'column', gap: '14px', counterReset: 'step' },
  step: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr)',
    columnGap: '10px',
    counterIncrement: 'step',
    '::before': {
      content: 'counter(step)',
      display: 'grid',
      placeItems: 'center',
      width: '26px',
      height: '26px',
      borderRadius: tokens.borderRadiusCircular,
      border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
      fontSize: tokens.fontSizeBase200,
      fontWeight: tokens.fontWeightSemibold,
    },
  },
  body: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '6px' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 10px' },
  title: { fontWeight: tokens.fontWeightSemibold },
  what: { color: tokens.colorNeutralForeground2 },
});

/** Whether this site still waits for its first steps: a real one whose database holds nothing of Mortise, as far as it is known. */
export function waitsForFirstSteps({ site, commissioning }: Snapshot): boolean {
  if (site.kind !== 'real') return false;
  return commissioning.state === 'unknown' || commissioning.value.state === 'not-prepared';
}

/** Goes to the assessment. */
export function AssessButton({
  primary = false,
  small = false,
}: {
  readonly primary?: boolean;
  readonly small?: boolean;
}) {
  const session = useSession();
  const { assessment } = useText();
  return (
    <Button
      appearance={primary ? 'primary' : 'secondary'}
      size={small ? 'small' : 'medium'}
      icon={<ClipboardSearchRegular />}
      onClick={() => showAssessment(session)}
    >
      {assessment.start}
    </Button>
  );
}

/** What to do at a real site on which nothing was done yet, in order. */
export function FirstSteps() {
  const styles = useStyles();
  const { general, database } = useText();
  const { server, commissioning } = useSnapshot();
  const report = useScreen((state) => state.assessment);
  const words = general.firstSteps;
  const assessed = report.state === 'answered';
  const getsIn = server.state === 'known';
  // Of a site that cannot be read nobody knows that nothing is enforced there.
  const isKnown = commissioning.state === 'known';
  return (
    <Section title={isKnown ? words.title : words.titleUnknown} leads>
      <p>{isKnown ? words.what : words.whatUnknown}</p>
      <ol className={styles.steps}>
        <Step title={words.assess} what={words.assessWhat} done={assessed}>
          <AssessButton primary={!assessed} />
        </Step>
        <Step title={words.login} what={isKnown ? words.loginWhat : words.loginWhatUnknown} done={getsIn}>
          {getsIn ? null : (
            <PermittedButton
              appearance={assessed ? 'primary' : 'secondary'}
              request={{ change: 'site.createRunLogin', mayChangeLogins: false }}
            >
              {database.createLogin}
            </PermittedButton>
          )}
        </Step>
        {isKnown ? (
          <Step title={words.prepare} what={words.prepareWhat} done={false}>
            <PermittedButton
              appearance={assessed && getsIn ? 'primary' : 'secondary'}
              request={{ change: 'site.prepare' }}
            >
              {database.prepare}
            </PermittedButton>
          </Step>
        ) : null}
      </ol>
    </Section>
  );
}

interface StepProps {
  readonly title: string;
  readonly what: string;
  readonly done: boolean;
  readonly children: ReactNode;
}

function Step({ title, what, done, children }: StepProps) {
  const styles = useStyles();
  const { general } = useText();
  return (
    <li className={styles.step}>
      <div className={styles.body}>
        <div className={styles.head}>
          <h3 className={styles.title}>{title}</h3>
          {done ? <Tag tone="good">{general.firstSteps.done}</Tag> : null}
        </div>
        <p className={styles.what}>{what}</p>
        {children}
      </div>
    </li>
  );
}
