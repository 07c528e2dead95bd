import { Button, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { GlobeSearchRegular } from '@fluentui/react-icons/svg/globe-search';
import { Choice } from '../../components/choice.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Section } from '../../components/section.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { canLook, editServer, look } from '../../store/assistant-asking.ts';
import { DraftField } from './draft-field.tsx';
import { GreetingView } from './greeting-view.tsx';
import { useStepStyles } from './step-styles.ts';
import { TrustChoice } from './trust-choice.tsx';
import { useAssistant } from './use-assistant.ts';

const ways = ['tcp', 'instance', 'pipe'] as const;

/** Where SQL Server is, what it shows to everybody, and which certificate is good enough. */
export function StepServer() {
  const styles = useStepStyles();
  const session = useSession();
  const { draft, greeting } = useAssistant();
  const { siteAssistant } = useText();
  const words = siteAssistant.server;
  const possible = canLook(draft);
  const asked = greeting.state === 'answered' || greeting.state === 'failed';
  return (
    <div className={styles.step}>
      <Section title={siteAssistant.steps.server}>
        <div className={styles.fields}>
          <p>{words.what}</p>
          <DraftField label={words.host} hint={words.hostHint} required field="endpoint.host">
            <Input
              value={draft.host}
              maxLength={255}
              autoComplete="off"
              spellCheck={false}
              onChange={(_event, { value }) => editServer(session, { host: value }, 'endpoint.host')}
            />
          </DraftField>
          <DraftField
            label={words.way}
            required
            field="endpoint.transport"
            path="endpoint.transport.kind"
            marked={false}
          >
            <RadioGroup
              value={draft.transport}
              onChange={(_event, { value }) => {
                const transport = ways.find((way) => way === value);
                if (transport) editServer(session, { transport }, 'endpoint.transport');
              }}
            >
              {ways.map((way) => (
                <Radio
                  key={way}
                  value={way}
                  label={{ children: <Choice title={words[way]} hint={words[`${way}Hint`]} /> }}
                />
              ))}
            </RadioGroup>
          </DraftField>
          <WayField />
          <div>
            <Button
              appearance={greeting.state === 'answered' ? 'secondary' : 'primary'}
              icon={<GlobeSearchRegular />}
              disabledFocusable={!possible || greeting.state === 'asking'}
              {...(possible ? {} : { title: words.lookNeeds })}
              onClick={() => void look(session)}
            >
              {asked ? words.lookAgain : words.look}
            </Button>
          </div>
        </div>
        {greeting.state === 'asking' ? <Waiting>{words.looking}</Waiting> : null}
        {greeting.state === 'failed' ? <FailureMessage failure={greeting.failure} title={words.notSeen} /> : null}
        {greeting.state === 'answered' ? <GreetingView greeting={greeting.value} /> : null}
      </Section>
      <TrustChoice />
    </div>
  );
}

/** What has to be said for the way that was chosen. */
function WayField() {
  const session = useSession();
  const { draft } = useAssistant();
  const words = useText().siteAssistant.server;
  switch (draft.transport) {
    case 'tcp':
      return (
        <DraftField label={words.port} required field="endpoint.transport" path="endpoint.transport.port">
          <Input
            value={draft.port}
            inputMode="numeric"
            autoComplete="off"
            onChange={(_event, { value }) => editServer(session, { port: value }, 'endpoint.transport')}
          />
        </DraftField>
      );
    case 'instance':
      return (
        <DraftField label={words.instanceName} required field="endpoint.transport" path="endpoint.transport.instance">
          <Input
            value={draft.instance}
            autoComplete="off"
            spellCheck={false}
            onChange={(_event, { value }) => editServer(session, { instance: value }, 'endpoint.transport')}
          />
        </DraftField>
      );
    case 'pipe':
      return (
        <DraftField label={words.pipeName} required field="endpoint.transport" path="endpoint.transport.pipe">
          <Input
            value={draft.pipe}
            autoComplete="off"
            spellCheck={false}
            onChange={(_event, { value }) => editServer(session, { pipe: value }, 'endpoint.transport')}
          />
        </DraftField>
      );
  }
}
