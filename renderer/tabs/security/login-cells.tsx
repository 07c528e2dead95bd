import { makeStyles, tokens } from '@fluentui/react-components';
import type { Login } from '#shared/snapshot.ts';
import { useText } from '../../components/session-context.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  small: { display: 'block', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  path: { overflowWrap: 'anywhere', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

export function LoginName({ login }: { readonly login: Login }) {
  const styles = useStyles();
  const { roles } = useText().security.credentials;
  return (
    <>
      <span className={styles.name}>{login.name}</span>
      <span className={styles.small}>{roles[login.role]}</span>
    </>
  );
}

/** The consumers that hold a copy. */
export function Places({ places, none }: { readonly places: readonly string[]; readonly none: string }) {
  const styles = useStyles();
  if (places.length === 0) return none;
  return (
    <ul>
      {places.map((place) => (
        <li key={place} className={styles.path}>
          {place}
        </li>
      ))}
    </ul>
  );
}
