import { makeStyles, tokens } from '@fluentui/react-components';
import type { Login } from '#shared/snapshot.ts';
import { useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '4px' },
  means: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** What is wrong with a login, in words. */
export function Findings({ login }: { readonly login: Login }) {
  const styles = useStyles();
  const { credentials: words } = useText().security;
  const { publishedDefault } = login;
  const isDefault = publishedDefault.state === 'known' && publishedDefault.value;
  const tried = login.badPasswords ?? 0;
  const none =
    publishedDefault.state === 'known' &&
    !isDefault &&
    login.enabled &&
    !login.locked &&
    login.policyChecked &&
    tried === 0;
  return (
    <div className={styles.list}>
      {isDefault ? (
        <>
          <Tag tone="danger">{words.publishedDefault}</Tag>
          <span className={styles.means}>{words.publishedDefaultMeans}</span>
        </>
      ) : null}
      {publishedDefault.state === 'unknown' ? (
        <>
          <Tag tone="unknown">{words.publishedUnknown}</Tag>
          <span className={styles.means}>{publishedDefault.cause.sentence}</span>
        </>
      ) : null}
      {login.locked ? <Tag tone="danger">{words.locked}</Tag> : null}
      {login.enabled ? null : <Tag tone="neutral">{words.disabled}</Tag>}
      {login.policyChecked ? null : <Tag tone="attention">{words.policyOff}</Tag>}
      {tried > 0 ? <Tag tone="attention">{words.badPasswords(tried)}</Tag> : null}
      {none ? words.noFinding : null}
    </div>
  );
}
