import { Button, Input } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useSession, useText } from '../../components/session-context.tsx';
import { edit } from '../../store/assistant.ts';
import { DraftField } from './draft-field.tsx';
import { useStepStyles } from './step-styles.ts';
import { useAssistant } from './use-assistant.ts';

/** The services in the order in which they are stopped. */
export function ServicesEditor() {
  const styles = useStepStyles();
  const session = useSession();
  const { siteAssistant } = useText();
  const words = siteAssistant.logins;
  const { services, serviceLogins } = useAssistant().draft;
  const set = (next: readonly string[]) => edit(session, { services: next }, 'services');
  const rename = (index: number, name: string) => {
    const before = services[index] ?? '';
    edit(
      session,
      {
        services: services.with(index, name),
        // A login goes on using its service under the corrected name.
        serviceLogins: serviceLogins.map((each) => ({
          ...each,
          services: each.services.map((used) => (used === before && before !== '' ? name : used)),
        })),
      },
      'services',
    );
  };
  const moveUp = (index: number) => {
    const [above = '', moved = ''] = [services[index - 1], services[index]];
    set(services.with(index - 1, moved).with(index, above));
  };
  return (
    <div className={styles.list}>
      {services.length === 0 ? <p className={styles.quiet}>{words.nothing}</p> : null}
      {services.map((name, index) => {
        const shown = name === '' ? words.service(index + 1) : name;
        return (
          // Their order is what is edited here.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={styles.row}>
            <div className={styles.grow}>
              <DraftField
                label={words.service(index + 1)}
                required
                field="services"
                path={`services.${index}`}
                marked={false}
              >
                <Input
                  value={name}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(_event, { value }) => rename(index, value)}
                />
              </DraftField>
            </div>
            {index === 0 ? null : (
              <Button icon={<ArrowUpRegular />} aria-label={words.up(shown)} onClick={() => moveUp(index)} />
            )}
            <Button
              icon={<DeleteRegular />}
              aria-label={siteAssistant.table.remove(shown)}
              onClick={() => set(services.filter((_name, at) => at !== index))}
            />
          </div>
        );
      })}
      <div>
        <Button size="small" icon={<AddRegular />} onClick={() => set([...services, ''])}>
          {words.addService}
        </Button>
      </div>
    </div>
  );
}
