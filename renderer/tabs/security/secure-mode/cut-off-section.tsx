import { makeStyles } from '@fluentui/react-components';
import type { SessionGroup } from '#shared/snapshot.ts';
import { ReadingView } from '../../../components/reading-view.tsx';
import { Section } from '../../../components/section.tsx';
import { useSnapshot, useText } from '../../../components/session-context.tsx';
import { Tag } from '../../../components/tag.tsx';
import { sessionKey } from '../../database/sessions-section.tsx';
import { useTabStyles } from '../../use-tab-styles.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '8px' },
  line: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '2px', overflowWrap: 'anywhere' },
});

/** The sessions that secure mode would end, and those of which it cannot be told. */
export function CutOffSection() {
  const { security } = useText();
  const { sessions } = useSnapshot();
  return (
    <Section title={security.cutOff.title}>
      <ReadingView reading={sessions}>{(groups) => <CutOff groups={groups} />}</ReadingView>
    </Section>
  );
}

function CutOff({ groups }: { readonly groups: readonly SessionGroup[] }) {
  const styles = useStyles();
  const tab = useTabStyles();
  const { cutOff } = useText().security;
  const concerned = groups.filter(({ origin }) => origin !== 'local');
  if (concerned.length === 0) return <p className={tab.quiet}>{cutOff.none}</p>;
  return (
    <>
      <p className={tab.quiet}>{cutOff.waiting}</p>
      <ul className={styles.list}>
        {concerned.map((group) => (
          <li key={sessionKey(group)} className={styles.line}>
            <span>
              {cutOff.line(group.program, group.login, group.host, group.address)}, {cutOff.sessions(group.sessions)}
            </span>
            <Tag tone={group.origin === 'remote' ? 'attention' : 'unknown'}>
              {group.origin === 'remote' ? cutOff.remote : cutOff.cannotTell}
            </Tag>
          </li>
        ))}
      </ul>
    </>
  );
}
