import { Button } from '@fluentui/react-components';
import { Callout } from '../../components/callout.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Section } from '../../components/section.tsx';
import { useScreen, useSession, useText } from '../../components/session-context.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { leaveAssistant } from '../../store/assistant.ts';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';
import { useOpening } from '../sites/use-opening.ts';
import { useAssistant } from './use-assistant.ts';

/** After keeping: one thing to do, which is to open the site. */
export function SavedSite() {
  const styles = useTabStyles();
  const session = useSession();
  const { siteAssistant, sites } = useText();
  const words = siteAssistant.review;
  const { id, keptAs } = useAssistant();
  const library = useScreen((state) => state.library);
  const { opening, open } = useOpening('assessment');
  if (opening.state === 'asking') return <Waiting>{sites.opening}</Waiting>;
  return (
    <Section title={words.saved} leads>
      {opening.state === 'failed' ? <FailureMessage failure={opening.failure} title={sites.notOpened} /> : null}
      {library.state === 'answered' && keptAs === null ? (
        <Callout tone="attention" title={words.notFound} />
      ) : (
        <p>{id === null ? words.savedWhat : words.savedWhatEdit}</p>
      )}
      <div className={styles.buttons}>
        {keptAs === null ? null : (
          <Button appearance="primary" onClick={() => open(keptAs)}>
            {words.open}
          </Button>
        )}
        <Button onClick={() => leaveAssistant(session, 'forget')}>{words.toLibrary}</Button>
      </div>
    </Section>
  );
}
