import { FactList } from '../../components/fact-list.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';

/** How Mortise reaches SQL Server, and whether that way is safe. */
export function ConnectionSection() {
  const { database: words } = useText();
  const { site, server } = useSnapshot();
  return (
    <Section title={words.connection}>
      {server.state === 'unknown' ? <FactList facts={[[words.endpoint, site.endpoint]]} /> : null}
      <ReadingView reading={server}>
        {({ connection }) => (
          <FactList
            facts={[
              [words.endpoint, site.endpoint],
              [words.login, connection.login],
              [words.transport, connection.transport],
              [
                words.encryption,
                <Tag key="encryption" tone={connection.encrypted ? 'good' : 'danger'}>
                  {connection.encrypted ? words.encrypted : words.notEncrypted}
                </Tag>,
              ],
              [
                words.certificate,
                <Tag key="certificate" tone={connection.certificate === 'verified' ? 'good' : 'danger'}>
                  {connection.certificate === 'verified' ? words.certificateVerified : words.certificateNotVerified}
                </Tag>,
              ],
            ]}
          />
        )}
      </ReadingView>
    </Section>
  );
}
