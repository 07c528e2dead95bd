import { Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { isLoopback } from '#shared/site-profile.ts';
import { Choice } from '../../components/choice.tsx';
import { Section } from '../../components/section.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { edit } from '../../store/assistant.ts';
import type { Assistant } from '../../store/assistant-state.ts';
import type { DraftTrust } from '../../store/site-draft.ts';
import type { Text } from '../../text/text.ts';
import { DraftField } from './draft-field.tsx';
import { useStepStyles } from './step-styles.ts';
import { useAssistant } from './use-assistant.ts';

interface TrustOption {
  readonly value: DraftTrust;
  readonly title: string;
  readonly hint: string;
  readonly possible: boolean;
}

/** The common name under which SQL Server makes its own certificate where none was installed. */
const fallbackName = /SSL_Self_Signed_Fallback/iu;

function optionsOf({ draft, greeting }: Assistant, { siteAssistant: { server: words } }: Text): readonly TrustOption[] {
  const certificate = greeting.state === 'answered' ? greeting.value.certificate : null;
  const refuted = certificate !== null && !certificate.verified.holds;
  const host = draft.host.trim();
  const here = isLoopback(host);
  const canPin = certificate !== null || draft.pinned !== '';
  const fallback = certificate !== null && fallbackName.test(certificate.subject);
  return [
    { value: 'ca', title: words.ca, hint: refuted ? words.caNot : words.caHint, possible: !refuted },
    { value: 'own-ca', title: words.ownCa, hint: words.ownCaHint, possible: true },
    {
      value: 'pinned',
      title: words.pinned,
      hint: fallback
        ? words.pinnedFallback
        : certificate !== null
          ? words.pinnedHint
          : canPin
            ? words.pinnedKept
            : words.pinnedNot,
      possible: canPin,
    },
    {
      value: 'loopback-unverified',
      title: words.unverified,
      hint: here || host === '' ? words.unverifiedHint : words.unverifiedNot(host),
      possible: here,
    },
  ];
}

/** Which certificate is good enough. Nothing is chosen for the engineer, and what is impossible says why. */
export function TrustChoice() {
  const styles = useStepStyles();
  const session = useSession();
  const text = useText();
  const words = text.siteAssistant.server;
  const assistant = useAssistant();
  const { draft, greeting } = assistant;
  const options = optionsOf(assistant, text);
  const choose = (trust: DraftTrust) => {
    const pinned = greeting.state === 'answered' ? greeting.value.certificate.pem : draft.pinned;
    edit(session, { trust, ...(trust === 'pinned' ? { pinned } : {}) }, 'endpoint.trust');
  };
  return (
    <Section title={words.trustTitle}>
      <div className={styles.fields}>
        <p>{words.trustWhat}</p>
        <DraftField label={words.trust} required field="endpoint.trust">
          <RadioGroup
            value={draft.trust ?? ''}
            onChange={(_event, { value }) => {
              const option = options.find((each) => each.value === value);
              if (option?.possible) choose(option.value);
            }}
          >
            {options.map(({ value, title, hint, possible }) => (
              <Radio
                key={value}
                value={value}
                disabled={!possible && draft.trust !== value}
                label={{ children: <Choice title={title} hint={hint} /> }}
              />
            ))}
          </RadioGroup>
        </DraftField>
        {draft.trust === 'own-ca' ? (
          <Field label={words.ownCaPem} required>
            <Textarea
              value={draft.ca}
              rows={4}
              resize="vertical"
              spellCheck={false}
              onChange={(_event, { value }) => edit(session, { ca: value }, 'endpoint.trust')}
            />
          </Field>
        ) : null}
      </div>
    </Section>
  );
}
