import { Button } from '@fluentui/react-components';
import type { Assessment } from '#shared/assessment.ts';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { Section } from '../../components/section.tsx';
import { useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import { assessAgain } from '../../store/assessing.ts';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';

/** One sentence and one button: how to go on from this report. */
export function NextStep({ report }: { readonly report: Assessment }) {
  const { assessment: words } = useText();
  return (
    <Section title={words.next} leads>
      <NextContent report={report} />
    </Section>
  );
}

function NextContent({ report }: { readonly report: Assessment }) {
  const styles = useTabStyles();
  const session = useSession();
  const { assessment: words, database } = useText();
  const { commissioning, server } = useSnapshot();
  const state = report.verdicts.find(({ what }) => what === 'commissioning mode')?.state ?? 'unknown';
  if (state !== 'ready') {
    return (
      <>
        <p>{state === 'blocked' ? words.nextBlocked : words.nextUnknown}</p>
        <div>
          <Button onClick={() => assessAgain(session)}>{words.again}</Button>
        </div>
      </>
    );
  }
  // Read as somebody else: Mortise itself does not get in yet, and cannot go on without.
  if (server.state === 'unknown') {
    return (
      <>
        <p>{words.nextLogin}</p>
        <div>
          <PermittedButton appearance="primary" request={{ change: 'site.createRunLogin', mayChangeLogins: false }}>
            {database.createLogin}
          </PermittedButton>
        </div>
      </>
    );
  }
  const prepared = commissioning.state === 'known' && commissioning.value.state !== 'not-prepared';
  return (
    <>
      <p>{prepared ? words.nextPrepared : words.nextReady}</p>
      <div className={styles.buttons}>
        {prepared ? (
          <Button appearance="primary" onClick={() => session.store.setState({ place: 'tabs', tab: 'general' })}>
            {words.leave}
          </Button>
        ) : (
          <PermittedButton appearance="primary" request={{ change: 'site.prepare' }}>
            {database.prepare}
          </PermittedButton>
        )}
      </div>
    </>
  );
}
