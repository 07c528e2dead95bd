import { Button } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Section } from '../../components/section.tsx';
import { useScreen, useSession, useText } from '../../components/session-context.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';
import { ScreenTitle } from '../screen-title.tsx';
import { AssessmentForm } from './assessment-form.tsx';
import { AssessmentReport } from './assessment-report.tsx';

/** The first visit: ask as whom to read, read, and show the report. Nothing here changes the site. */
export function AssessmentScreen() {
  const styles = useTabStyles();
  const { store } = useSession();
  const { assessment: words } = useText();
  const asked = useScreen((state) => state.assessment);
  return (
    <div className={styles.tab}>
      <div>
        <Button
          appearance="subtle"
          icon={<ArrowLeftRegular />}
          onClick={() => store.setState({ place: 'tabs', tab: 'general' })}
        >
          {words.leave}
        </Button>
      </div>
      <ScreenTitle key={asked.state}>{words.title}</ScreenTitle>
      {asked.state === 'answered' ? null : <p>{words.intro}</p>}
      {asked.state === 'failed' ? <FailureMessage failure={asked.failure} title={words.notMade} /> : null}
      {asked.state === 'asking' ? (
        <Section title={words.report}>
          <Waiting>{words.running}</Waiting>
        </Section>
      ) : null}
      {asked.state === 'not-asked' || asked.state === 'failed' ? <AssessmentForm /> : null}
      {asked.state === 'answered' ? <AssessmentReport report={asked.value} /> : null}
    </div>
  );
}
