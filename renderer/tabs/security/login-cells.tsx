import { makeStyles, tokens } from '@fluentui/react-components';
import type { Login } from '#shared/snapshot.ts';
import { Moment } from '../../components/moment.tsx';
import { useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { useNow } from '../../components/use-now.ts';
import { isOld } from '../../store/rotating.ts';
import { ageText } from '../../text/moments.ts';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  small: { display: 'block', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  path: { overflowWrap: 'anywhere', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  password: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '2px' },
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

/** How old its password is, when it was set, and whether Mortise has it. */
export function PasswordFacts({ login }: { readonly login: Login }) {
  const styles = useStyles();
  const text = useText();
  const { credentials: words } = text.security;
  const { passwordKnown } = login;
  return (
    <div className={styles.password}>
      <Age login={login} />
      {login.passwordSetAt === null ? null : (
        <span className={styles.small}>
          <Moment at={login.passwordSetAt} hint={false} />
        </span>
      )}
      {passwordKnown.state === 'unknown' ? (
        <span className={styles.small}>{words.knownUnknown(passwordKnown.cause.sentence)}</span>
      ) : passwordKnown.value === 'no' ? (
        <Tag tone="attention">{words.known.no}</Tag>
      ) : (
        <span className={styles.small}>{words.known[passwordKnown.value]}</span>
      )}
    </div>
  );
}

/** The age in words; more than a year wants attention. */
export function Age({ login }: { readonly login: Login }) {
  const text = useText();
  const now = useNow();
  const { credentials: words } = text.security;
  if (login.passwordSetAt === null) return <Tag tone="unknown">{words.ageUnknown}</Tag>;
  const age = ageText(new Date(login.passwordSetAt), now, text.locale);
  const said = age === null ? words.ageToday : words.age(age);
  return isOld(login, now) ? <Tag tone="attention">{said}</Tag> : <span>{said}</span>;
}

/** Who needs the password: the services, and the places that hold a copy. */
export function Users({ login }: { readonly login: Login }) {
  const styles = useStyles();
  const { credentials: words } = useText().security;
  const { services, consumers, role } = login;
  if (services.length === 0 && consumers.length === 0 && role !== 'run') return words.nobody;
  return (
    <ul>
      {role === 'run' ? <li>{words.ofMortise}</li> : null}
      {services.map((name) => (
        <li key={`service ${name}`}>{words.service(name)}</li>
      ))}
      {consumers.map((place) => (
        <li key={`copy ${place}`} className={styles.path}>
          {place}
        </li>
      ))}
    </ul>
  );
}
