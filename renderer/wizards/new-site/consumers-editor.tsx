import { Button, Input, Select } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useSession, useText } from '../../components/session-context.tsx';
import { edit } from '../../store/assistant.ts';
import type { DraftConsumer } from '../../store/site-draft.ts';
import { DraftField } from './draft-field.tsx';
import { useStepStyles } from './step-styles.ts';
import { useAssistant } from './use-assistant.ts';

const typed = ['path', 'connectionString', 'id'] as const;
/** Of a kind that has no fields here. */
const keptTyped = ['id'] as const;

/** The files in which services keep their passwords. */
export function ConsumersEditor() {
  const styles = useStepStyles();
  const session = useSession();
  const { siteAssistant } = useText();
  const words = siteAssistant.logins;
  const { consumers, serviceLogins } = useAssistant().draft;
  const labels = { path: words.consumerPath, connectionString: words.consumerString, id: words.consumerId };
  const set = (next: readonly DraftConsumer[]) => edit(session, { consumers: next }, 'consumers');
  const logins = serviceLogins.map(({ login }) => login).filter((login) => login !== '');
  return (
    <div className={styles.list}>
      {consumers.length === 0 ? <p className={styles.quiet}>{words.nothing}</p> : null}
      {consumers.map((consumer, index) => {
        const change = (part: Partial<DraftConsumer>) => set(consumers.with(index, { ...consumer, ...part }));
        return (
          // Their order is all that tells them apart while they are empty.
          // oxlint-disable-next-line react/no-array-index-key
          <fieldset key={index} className={styles.item} aria-label={words.consumer(index + 1)}>
            {consumer.other === null ? null : (
              <p className={styles.quiet}>{words.consumerKept(String(consumer.other['kind']), consumer.path)}</p>
            )}
            <div className={styles.pair}>
              {(consumer.other === null ? typed : keptTyped).map((part) => (
                <DraftField
                  key={part}
                  label={labels[part]}
                  required
                  field="consumers"
                  path={`consumers.${index}.${part}`}
                  marked={false}
                >
                  <Input
                    value={consumer[part]}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(_event, { value }) => change({ [part]: value })}
                  />
                </DraftField>
              ))}
              <DraftField
                label={words.consumerLogin}
                required
                field="consumers"
                path={`consumers.${index}.login`}
                marked={false}
              >
                <Select value={consumer.login} onChange={(_event, { value }) => change({ login: value })}>
                  <option value="">{siteAssistant.confirm.choose}</option>
                  {[...new Set([...logins, ...(consumer.login === '' ? [] : [consumer.login])])].map((login) => (
                    <option key={login} value={login}>
                      {login}
                    </option>
                  ))}
                </Select>
              </DraftField>
            </div>
            <div>
              <Button
                size="small"
                icon={<DeleteRegular />}
                onClick={() => set(consumers.filter((_each, at) => at !== index))}
              >
                {siteAssistant.table.remove(words.consumer(index + 1))}
              </Button>
            </div>
          </fieldset>
        );
      })}
      <div>
        <Button
          size="small"
          icon={<AddRegular />}
          onClick={() =>
            set([
              ...consumers,
              {
                id: '',
                path: '',
                connectionString: '',
                other: null,
                login: logins.length === 1 ? (logins[0] ?? '') : '',
              },
            ])
          }
        >
          {words.addConsumer}
        </Button>
      </div>
    </div>
  );
}
