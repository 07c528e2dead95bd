import { Button, Field, Input, Select, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { allowedAddressSchema } from '#shared/secure-mode.ts';
import type { AllowedAddress } from '#shared/secure-mode.ts';
import { Moment } from '../../../components/moment.tsx';
import { PermittedButton, useWhyNot } from '../../../components/permitted-button.tsx';
import { Section } from '../../../components/section.tsx';
import { useSession, useSnapshot, useText } from '../../../components/session-context.tsx';
import { beginChange } from '../../../store/change-steps.ts';
import type { Text } from '../../../text/text.ts';
import { useTabStyles } from '../../use-tab-styles.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '6px' },
  line: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', overflowWrap: 'anywhere' },
  form: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'start' },
});

const hour = 60 * 60 * 1000;
const hoursOffered = [1, 8, 24, 7 * 24, null] as const;

const howLong = ({ security: { allowed: words } }: Text, hours: number | null) =>
  hours === null ? words.noEnd : hours < 24 ? words.hours(hours) : words.days(hours / 24);

/** The gaps in secure mode, each with its end. Only while it is meant to be on. */
export function AllowedSection() {
  const styles = useStyles();
  const tab = useTabStyles();
  const { allowed: words } = useText().security;
  const { secureMode } = useSnapshot();
  const forbidden = useWhyNot('secureMode.allow');
  if (forbidden !== null && secureMode.allowed.length === 0) return null;
  return (
    <Section title={words.title}>
      <p className={tab.quiet}>{words.what}</p>
      {secureMode.allowed.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <ul className={styles.list}>
          {secureMode.allowed.map((each) => (
            <li key={each.address} className={styles.line}>
              <AllowedLine allowed={each} others={secureMode.allowed.filter((other) => other !== each)} />
            </li>
          ))}
        </ul>
      )}
      <AllowForm allowed={secureMode.allowed} />
    </Section>
  );
}

function AllowedLine({
  allowed: { address, until },
  others,
}: {
  readonly allowed: AllowedAddress;
  readonly others: readonly AllowedAddress[];
}) {
  const { allowed: words } = useText().security;
  return (
    <>
      <code>{address}</code>
      <span>
        {until === null ? (
          words.always
        ) : (
          <>
            {words.until} <Moment at={until} />
          </>
        )}
      </span>
      <PermittedButton
        size="small"
        request={{ change: 'secureMode.allow', allowed: others }}
        label={words.removeOf(address)}
        whyElsewhere
      >
        {words.remove}
      </PermittedButton>
    </>
  );
}

function AllowForm({ allowed }: { readonly allowed: readonly AllowedAddress[] }) {
  const styles = useStyles();
  const session = useSession();
  const text = useText();
  const { allowed: words } = text.security;
  const forbidden = useWhyNot('secureMode.allow');
  const [address, setAddress] = useState('');
  const [hours, setHours] = useState<number | null>(8);
  const [tried, setTried] = useState(false);
  const wrong = !allowedAddressSchema.shape.address.safeParse(address.trim()).success;
  const ask = () => {
    setTried(true);
    if (wrong) return;
    const until = hours === null ? null : new Date(Date.now() + hours * hour).toISOString();
    const added = { address: address.trim(), until };
    const others = allowed.filter((each) => each.address !== added.address);
    void beginChange(session, { change: 'secureMode.allow', allowed: [...others, added] });
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <Field
        label={words.address}
        hint={words.addressHint}
        {...(tried && wrong ? { validationMessage: words.addressWrong } : {})}
      >
        <Input value={address} maxLength={60} onChange={(_event, { value }) => setAddress(value)} />
      </Field>
      <Field label={words.howLong}>
        <Select
          value={String(hours)}
          onChange={(_event, { value }) => setHours(value === 'null' ? null : Number(value))}
        >
          {hoursOffered.map((each) => (
            <option key={String(each)} value={String(each)}>
              {howLong(text, each)}
            </option>
          ))}
        </Select>
      </Field>
      <Button
        type="submit"
        disabledFocusable={forbidden !== null}
        {...(forbidden === null ? {} : { title: forbidden })}
      >
        {words.allow}
      </Button>
    </form>
  );
}
