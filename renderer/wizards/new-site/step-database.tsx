import { Button, Input } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { Callout } from '../../components/callout.tsx';
import { SetupFields, readSetup } from '../../components/change/setup-fields.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Section } from '../../components/section.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { readServer, readTables, wholeAddress } from '../../store/assistant-asking.ts';
import { edit, goToStep } from '../../store/assistant.ts';
import { DiscoveredServer, FoundTables } from './discovered-server.tsx';
import { DraftField } from './draft-field.tsx';
import { useStepStyles } from './step-styles.ts';
import { useAssistant } from './use-assistant.ts';

/**
 * Reads the server as an administrator and lets the person choose the database. The password stays in its field, is read
 * there for each reading, and goes with the field when this part is left.
 */
export function StepDatabase() {
  const styles = useStepStyles();
  const session = useSession();
  const { siteAssistant } = useText();
  const words = siteAssistant.database;
  const { draft, server, tables, setupLogin } = useAssistant();
  const setup = { login: useRef<HTMLInputElement>(null), password: useRef<HTMLInputElement>(null) };
  const [missing, setMissing] = useState(false);
  const ready = wholeAddress(draft) !== null;
  const asLogin = (read: (typed: { readonly login: string; readonly password: string }) => Promise<void>) => {
    const typed = readSetup(setup);
    setMissing(typed === null);
    if (typed !== null) void read(typed);
    else setup.password.current?.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    asLogin((typed) => readServer(session, typed));
  };
  const choose = (database: string) => {
    edit(session, { database }, 'endpoint.database');
    asLogin((typed) => readTables(session, typed, database));
  };
  return (
    <div className={styles.step}>
      <Section title={siteAssistant.steps.database}>
        <p>{words.what}</p>
        {ready ? null : (
          <Callout
            tone="attention"
            title={words.needsTrust}
            actions={<Button onClick={() => goToStep(session, 'server')}>{words.toServer}</Button>}
          />
        )}
        <form className={styles.fields} onSubmit={submit} noValidate>
          <SetupFields refs={setup} missing={missing} login={setupLogin} />
          <div>
            <Button
              type="submit"
              appearance={server.state === 'answered' ? 'secondary' : 'primary'}
              disabledFocusable={!ready || server.state === 'asking'}
              {...(ready ? {} : { title: words.needsTrust })}
            >
              {server.state === 'answered' || server.state === 'failed' ? words.readAgain : words.read}
            </Button>
          </div>
        </form>
        {server.state === 'asking' ? <Waiting>{words.reading}</Waiting> : null}
        {server.state === 'failed' ? <FailureMessage failure={server.failure} title={words.notRead} /> : null}
        {server.state === 'answered' ? <DiscoveredServer discovery={server.value} onChoose={choose} /> : null}
        {tables.state === 'asking' ? <Waiting>{words.readingTables}</Waiting> : null}
        {tables.state === 'failed' ? (
          <FailureMessage failure={tables.failure} title={words.tablesNotRead(draft.database)} />
        ) : null}
        {tables.state === 'answered' ? <FoundTables discovery={tables.value} /> : null}
        <div className={styles.fields}>
          <DraftField label={words.byHand} hint={words.byHandHint} required field="endpoint.database">
            <Input
              value={draft.database}
              maxLength={128}
              autoComplete="off"
              spellCheck={false}
              onChange={(_event, { value }) => edit(session, { database: value }, 'endpoint.database')}
            />
          </DraftField>
        </div>
      </Section>
    </div>
  );
}
