import { Button, Checkbox, Input } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useSession, useText } from '../../components/session-context.tsx';
import { edit } from '../../store/assistant.ts';
import type { DraftServiceLogin } from '../../store/site-draft.ts';
import { DraftField } from './draft-field.tsx';
import { useStepStyles } from './step-styles.ts';
import { useAssistant } from './use-assistant.ts';

/** The logins that services use, with the services of each; those that are connected now are offered. */
export function ServiceLoginsEditor() {
  const styles = useStepStyles();
  const session = useSession();
  const { siteAssistant } = useText();
  const words = siteAssistant.logins;
  const { draft } = useAssistant();
  const { serviceLogins, consumers } = draft;
  const set = (next: readonly DraftServiceLogin[]) => edit(session, { serviceLogins: next }, 'serviceLogins');
  const rename = (index: number, each: DraftServiceLogin, login: string) =>
    edit(
      session,
      {
        serviceLogins: serviceLogins.with(index, { ...each, login }),
        // The files go on holding the password of this login under its corrected name.
        consumers: consumers.map((consumer) =>
          consumer.login === each.login && each.login !== '' ? { ...consumer, login } : consumer,
        ),
      },
      'serviceLogins',
    );
  return (
    <div className={styles.list}>
      <LoginsInUse onAdd={(login) => set([...serviceLogins, { login, services: [] }])} />
      {serviceLogins.length === 0 ? <p className={styles.quiet}>{words.nothing}</p> : null}
      {serviceLogins.map((each, index) => (
        // Their order is all that tells them apart while they are empty.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles.item}>
          <div className={styles.row}>
            <div className={styles.grow}>
              <DraftField
                label={words.login(index + 1)}
                required
                field="serviceLogins"
                path={`serviceLogins.${index}`}
                marked={false}
              >
                <Input
                  value={each.login}
                  maxLength={128}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(_event, { value }) => rename(index, each, value)}
                />
              </DraftField>
            </div>
            <Button
              icon={<DeleteRegular />}
              aria-label={siteAssistant.table.remove(each.login === '' ? words.login(index + 1) : each.login)}
              onClick={() => set(serviceLogins.filter((_each, at) => at !== index))}
            />
          </div>
          <ServicesOfLogin each={each} onChange={(services) => set(serviceLogins.with(index, { ...each, services }))} />
        </div>
      ))}
      <div>
        <Button size="small" icon={<AddRegular />} onClick={() => set([...serviceLogins, { login: '', services: [] }])}>
          {words.addLogin}
        </Button>
      </div>
    </div>
  );
}

interface ServicesOfLoginProps {
  readonly each: DraftServiceLogin;
  readonly onChange: (services: readonly string[]) => void;
}

function ServicesOfLogin({ each, onChange }: ServicesOfLoginProps) {
  const styles = useStepStyles();
  const words = useText().siteAssistant.logins;
  const { services } = useAssistant().draft;
  const named = services.filter((name) => name !== '');
  if (named.length === 0) return <p className={styles.quiet}>{words.noServices}</p>;
  return (
    <fieldset className={styles.bare} aria-label={words.loginServices(each.login)}>
      {named.map((name) => (
        <Checkbox
          key={name}
          label={name}
          checked={each.services.includes(name)}
          onChange={(_event, { checked }) =>
            onChange(checked === true ? [...each.services, name] : each.services.filter((used) => used !== name))
          }
        />
      ))}
    </fieldset>
  );
}

/** Logins that have sessions now, as far as the server told it, and that are not in the profile yet. */
function LoginsInUse({ onAdd }: { readonly onAdd: (login: string) => void }) {
  const styles = useStepStyles();
  const words = useText().siteAssistant.logins;
  const { server, tables, draft } = useAssistant();
  const known = new Set([draft.runLogin, ...draft.serviceLogins.map(({ login }) => login)]);
  const told = tables.state === 'answered' ? tables.value : server.state === 'answered' ? server.value : null;
  const inUse = told?.loginsInUse.filter(({ login }) => !known.has(login)) ?? [];
  if (inUse.length === 0) return null;
  return (
    <div className={styles.item}>
      <strong>{words.inUse}</strong>
      <ul className={styles.list} aria-label={words.inUse}>
        {inUse.map(({ login, programs }) => (
          <li key={login} className={styles.row}>
            <span className={styles.grow}>{words.inUseLine(login, programs.join(', '))}</span>
            <Button size="small" icon={<AddRegular />} aria-label={words.addNamed(login)} onClick={() => onAdd(login)}>
              {words.add}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
