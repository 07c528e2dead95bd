import { Button, Field, Textarea } from '@fluentui/react-components';
import { DocumentArrowUpRegular } from '@fluentui/react-icons/svg/document-arrow-up';
import { GlobeSearchRegular } from '@fluentui/react-icons/svg/globe-search';
import { useState } from 'react';
import type { ProbeRequest } from '#shared/secure-mode.ts';
import { CodeBlock } from '../../../components/change/code-block.tsx';
import { FailureMessage } from '../../../components/failure-message.tsx';
import { LiveLine } from '../../../components/live-line.tsx';
import { useSession, useText } from '../../../components/session-context.tsx';
import { answerOf, notAsked } from '../../../store/asked.ts';
import type { Asked } from '../../../store/asked.ts';
import { answered, takeAnswer } from '../../../store/session.ts';
import { useTabStyles } from '../../use-tab-styles.ts';

/** The way round where Mortise reaches no other machine: the engineer runs the probe there and brings its answer. */
export function CarriedProbe() {
  const styles = useTabStyles();
  const { client } = useSession();
  const { probe: words } = useText().security;
  const [asked, setAsked] = useState<Asked<ProbeRequest>>(notAsked);
  const ask = async () => {
    setAsked({ state: 'asking' });
    setAsked(answerOf(await answered(client.secureMode.askProbe({}))));
  };
  return (
    <div className={styles.stack}>
      <p className={styles.quiet}>{words.askWhy}</p>
      <div>
        <Button icon={<GlobeSearchRegular />} disabledFocusable={asked.state === 'asking'} onClick={() => void ask()}>
          {words.ask}
        </Button>
      </div>
      <LiveLine>{asked.state === 'asking' ? words.asking : ''}</LiveLine>
      {asked.state === 'failed' ? <FailureMessage failure={asked.failure} /> : null}
      {asked.state === 'answered' ? (
        <>
          <CodeBlock kind={words.powershell} caption={words.powershellCaption} text={asked.value.powershell} />
          <CodeBlock kind={words.command} caption={words.commandCaption} text={asked.value.command} />
        </>
      ) : null}
      <TakeAnswer taken={() => setAsked(notAsked)} />
    </div>
  );
}

function TakeAnswer({ taken }: { readonly taken: () => void }) {
  const styles = useTabStyles();
  const { client, store } = useSession();
  const { probe: words } = useText().security;
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<Asked<null>>(notAsked);
  const take = async (given: string | null) => {
    setAsked({ state: 'asking' });
    const answer = await answered(client.secureMode.takeProbe({ text: given }));
    setAsked(answer.ok ? { state: 'answered', value: null } : { state: 'failed', failure: answer.error });
    if (!answer.ok) return;
    takeAnswer(store, answer);
    // A file that was not chosen after all took nothing.
    if (given === null) return;
    setText('');
    taken();
  };
  return (
    <>
      <Field label={words.answer} hint={words.answerHint}>
        <Textarea
          value={text}
          rows={4}
          maxLength={100_000}
          resize="vertical"
          spellCheck={false}
          onChange={(_event, { value }) => setText(value)}
        />
      </Field>
      {asked.state === 'failed' ? <FailureMessage failure={asked.failure} /> : null}
      <div className={styles.buttons}>
        <Button
          disabledFocusable={text.trim() === '' || asked.state === 'asking'}
          onClick={() => text.trim() !== '' && void take(text)}
        >
          {words.take}
        </Button>
        <Button appearance="subtle" icon={<DocumentArrowUpRegular />} onClick={() => void take(null)}>
          {words.choose}
        </Button>
      </div>
      <LiveLine>{asked.state === 'answered' ? words.taken : ''}</LiveLine>
    </>
  );
}
