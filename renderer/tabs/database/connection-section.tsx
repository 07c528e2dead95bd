import type { Server } from '#shared/snapshot.ts';
import { FactList } from '../../components/fact-list.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import type { Tone } from '../../components/tone.tsx';
import { useTabStyles } from '../use-tab-styles.ts';
import { EditProfile } from './edit-profile.tsx';

type Certificate = Server['connection']['certificate'];

/** A pinned certificate is as good as a verified one until it is renewed; one that nobody checked never looks good. */
const tones: { readonly [C in Certificate]: Tone } = { verified: 'good', pinned: 'good', 'not-verified': 'attention' };

/** How Mortise reaches SQL Server, and whether that way is safe. */
export function ConnectionSection() {
  const styles = useTabStyles();
  const { database: words } = useText();
  const { site, server } = useSnapshot();
  return (
    <Section title={words.connection}>
      {server.state === 'unknown' ? <FactList facts={[[words.endpoint, site.endpoint]]} /> : null}
      <ReadingView reading={server}>
        {({ connection }) => (
          <>
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
                  <Tag key="certificate" tone={tones[connection.certificate]}>
                    {words.certificates[connection.certificate]}
                  </Tag>,
                ],
              ]}
            />
            <p className={styles.quiet}>{words.certificatesMean[connection.certificate]}</p>
          </>
        )}
      </ReadingView>
      <EditProfile />
    </Section>
  );
}
