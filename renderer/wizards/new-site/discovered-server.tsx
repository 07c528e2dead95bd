import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import type { Discovery } from '#shared/sites.ts';
import { Callout } from '../../components/callout.tsx';
import { Choice } from '../../components/choice.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { useText } from '../../components/session-context.tsx';
import { useStepStyles } from './step-styles.ts';
import { useAssistant } from './use-assistant.ts';

interface DiscoveredServerProps {
  readonly discovery: Discovery;
  readonly onChoose: (database: string) => void;
}

/** What the server told: which it is, what could not be read, and its databases, of which none is chosen for the engineer. */
export function DiscoveredServer({ discovery, onChoose }: DiscoveredServerProps) {
  const styles = useStepStyles();
  const words = useText().siteAssistant.database;
  const { draft } = useAssistant();
  const { server, databases, unread } = discovery;
  const isChosen = databases.some(({ name }) => name === draft.database);
  return (
    <div className={styles.step}>
      <FactList
        facts={[
          [words.server, `${server.machine}\\${server.instance}, ${server.version}, ${server.edition}`],
          [words.as, discovery.as],
        ]}
      />
      {server.supported ? null : <Callout tone="danger">{words.notSupported}</Callout>}
      <Unread sentences={unread} />
      {databases.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <Field label={words.list}>
          <RadioGroup
            value={isChosen ? draft.database : ''}
            onChange={(_event, { value }) => {
              if (databases.some(({ name, accessible }) => name === value && accessible)) onChoose(value);
            }}
          >
            {databases.map(({ name, state, accessible }) => (
              <Radio
                key={name}
                value={name}
                disabled={!accessible}
                label={{
                  children: <Choice title={name} hint={accessible ? state : `${state}, ${words.notAccessible}`} />,
                }}
              />
            ))}
          </RadioGroup>
        </Field>
      )}
    </div>
  );
}

/** How many tables of the chosen database look like the one, and what could not be read there. */
export function FoundTables({ discovery }: { readonly discovery: Discovery }) {
  const words = useText().siteAssistant.database;
  return (
    <>
      <Unread sentences={discovery.unread} />
      <output>{words.found(discovery.candidates.length)}</output>
    </>
  );
}

function Unread({ sentences }: { readonly sentences: readonly string[] }) {
  const words = useText().siteAssistant.database;
  if (sentences.length === 0) return null;
  return (
    <Callout tone="unknown" title={words.unread}>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Callout>
  );
}
