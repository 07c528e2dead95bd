import { Button } from '@fluentui/react-components';
import type { SiteEntry } from '#shared/sites.ts';
import { Callout } from '../../components/callout.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Section } from '../../components/section.tsx';
import { useScreen, useSession, useText } from '../../components/session-context.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { leaveAssistant } from '../../store/assistant.ts';
import type { Assistant } from '../../store/assistant-state.ts';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';
import { useOpening } from '../sites/use-opening.ts';
import { useAssistant } from './use-assistant.ts';

/** The site of the library that was just kept: the edited one, else the one with this profile, or of this name. */
function keptSite(entries: readonly SiteEntry[], { id, draft, checked }: Assistant): SiteEntry | undefined {
  if (id !== null) return entries.find((entry) => entry.id === id);
  const kept = checked.state === 'answered' ? JSON.stringify(checked.value.profile) : null;
  const same = entries.find(({ profile }) => JSON.stringify(profile) === kept);
  if (same !== undefined) return same;
  return entries.findLast(({ profile }) => profile?.name === draft.name.trim());
}

/** After keeping: one thing to do, which is to open the site. */
export function SavedSite() {
  const styles = useTabStyles();
  const session = useSession();
  const { siteAssistant, sites } = useText();
  const words = siteAssistant.review;
  const assistant = useAssistant();
  const library = useScreen((state) => state.library);
  const { opening, open } = useOpening('assessment');
  const kept = library.state === 'answered' ? keptSite(library.value, assistant) : undefined;
  if (opening.state === 'asking') return <Waiting>{sites.opening}</Waiting>;
  return (
    <Section title={words.saved} leads>
      {opening.state === 'failed' ? <FailureMessage failure={opening.failure} title={sites.notOpened} /> : null}
      {library.state === 'answered' && kept === undefined ? (
        <Callout tone="attention" title={words.notFound} />
      ) : (
        <p>{assistant.id === null ? words.savedWhat : words.savedWhatEdit}</p>
      )}
      <div className={styles.buttons}>
        {kept === undefined ? null : (
          <Button appearance="primary" onClick={() => open(kept.id)}>
            {words.open}
          </Button>
        )}
        <Button onClick={() => leaveAssistant(session, 'forget')}>{words.toLibrary}</Button>
      </div>
    </Section>
  );
}
