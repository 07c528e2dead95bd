import { FactList } from '../../components/fact-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { countText } from '../../text/moments.ts';

/** The server and the database: what an engineer is asked for on the telephone. */
export function DatabaseSection() {
  const { database: words, locale } = useText();
  const { site, server } = useSnapshot();
  return (
    <Section title={words.databaseTitle}>
      <ReadingView reading={server}>
        {(value) => (
          <FactList
            facts={[
              [words.machine, value.machine],
              [words.instance, value.instance],
              [words.version, value.version],
              [words.edition, value.edition],
              [words.name, value.database],
              [words.controllerTable, site.controllerTable],
              [words.size, words.megabytes(countText(value.sizeMegabytes, locale))],
              [
                words.lastBackup,
                value.lastBackup === null ? (
                  <Tag key="backup" tone="attention">
                    {words.noBackup}
                  </Tag>
                ) : (
                  <Moment key="backup" at={value.lastBackup} />
                ),
              ],
              [words.accessMode, words.accessModes[value.accessMode]],
              [words.serverTime, <Moment key="time" at={value.serverTime} hint={false} />],
            ]}
          />
        )}
      </ReadingView>
    </Section>
  );
}
