import { makeStyles, tokens } from '@fluentui/react-components';
import type { Finding, SecureMode } from '#shared/secure-mode.ts';
import { Callout } from '../../../components/callout.tsx';
import { FactList } from '../../../components/fact-list.tsx';
import { Moment } from '../../../components/moment.tsx';
import { PermittedButton } from '../../../components/permitted-button.tsx';
import { ReadingView } from '../../../components/reading-view.tsx';
import { Section } from '../../../components/section.tsx';
import { useSnapshot, useText } from '../../../components/session-context.tsx';
import { Tag } from '../../../components/tag.tsx';
import type { Tone } from '../../../components/tone.tsx';
import { secureModeStatus } from '../../../shell/statuses.ts';
import { useTabStyles } from '../../use-tab-styles.ts';
import { AskFirewall } from './ask-firewall.tsx';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    paddingInlineStart: '18px',
    listStyleType: 'disc',
    overflowWrap: 'anywhere',
  },
  rule: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

const tones: { readonly [V in SecureMode['verdict']]: Tone } = {
  'in-force': 'good',
  'in-force-but': 'attention',
  'not-in-force': 'attention',
  unknown: 'unknown',
};

/** Whether other machines can reach SQL Server: the verdict, never stronger than its reasons, what drifted, the rules. */
export function SecureModeSection() {
  const styles = useTabStyles();
  const text = useText();
  const { secureMode: words } = text.security;
  const { secureMode } = useSnapshot();
  const status = secureModeStatus(secureMode, text);
  return (
    <Section
      title={words.title}
      aside={
        <Tag tone={status.tone} icon={status.icon}>
          {status.word}
        </Tag>
      }
    >
      <p className={styles.quiet}>{words.what}</p>
      <Drift drift={secureMode.drift} />
      <Verdict secureMode={secureMode} />
      <Meant meant={secureMode.meant} />
      <div className={styles.buttons}>
        <PermittedButton request={{ change: 'secureMode.on' }} appearance={primary(secureMode)}>
          {secureMode.drift.length > 0 ? words.putBack : words.on}
        </PermittedButton>
        <PermittedButton request={{ change: 'secureMode.off' }}>{words.off}</PermittedButton>
      </div>
      {secureMode.reasons.some(({ effect }) => effect === 'doubts') ? <AskFirewall /> : null}
      <Rules rules={secureMode.rules} />
      {secureMode.watch === null ? null : (
        <p className={styles.quiet}>
          {words.notWatched}: {secureMode.watch.sentence}
        </p>
      )}
    </Section>
  );
}

const primary = ({ drift }: SecureMode) => (drift.length > 0 ? 'primary' : 'secondary');

function Drift({ drift }: { readonly drift: SecureMode['drift'] }) {
  const styles = useStyles();
  const { secureMode: words } = useText().security;
  if (drift.length === 0) return null;
  return (
    <Callout tone="danger" title={words.drift} live="status">
      <ul className={styles.list} aria-label={words.drift}>
        {drift.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Callout>
  );
}

function Verdict({ secureMode: { verdict, reasons, meant } }: { readonly secureMode: SecureMode }) {
  const styles = useStyles();
  const { secureMode: words } = useText().security;
  // Open although somebody switched it on: that is another matter than one that was never switched on.
  const broken = verdict === 'not-in-force' && meant.state === 'known' && meant.value !== null;
  const word = {
    'in-force': words.inForce,
    'in-force-but': words.inForceBut,
    'not-in-force': words.notInForce,
    unknown: words.unknown,
  }[verdict];
  return (
    <Callout tone={broken ? 'danger' : tones[verdict]} title={word}>
      {reasons.length === 0 ? (
        words.inForceMeans
      ) : (
        <ul className={styles.list} aria-label={words.because}>
          {reasons.map((reason) => (
            <li key={reason.sentence}>
              <Reason reason={reason} />
            </li>
          ))}
        </ul>
      )}
    </Callout>
  );
}

function Reason({ reason: { sentence, next } }: { readonly reason: Finding }) {
  const tab = useTabStyles();
  return (
    <>
      {sentence} <span className={tab.quiet}>{next}</span>
    </>
  );
}

function Meant({ meant }: { readonly meant: SecureMode['meant'] }) {
  const { secureMode: words } = useText().security;
  return (
    <ReadingView reading={meant}>
      {(value) =>
        value === null ? null : (
          <FactList
            facts={[
              [
                words.meant,
                <span key="meant">
                  <Moment at={value.since} /> {words.meantBy(value.by)}
                </span>,
              ],
            ]}
          />
        )
      }
    </ReadingView>
  );
}

/** In the words of the platform; where they could not be read, the verdict has said so. */
function Rules({ rules }: { readonly rules: SecureMode['rules'] }) {
  const styles = useStyles();
  const tab = useTabStyles();
  const { secureMode: words } = useText().security;
  if (rules.state === 'unknown') return null;
  return (
    <>
      <h3 className={tab.heading}>{words.rules}</h3>
      {rules.value.length === 0 ? (
        <p className={tab.quiet}>{words.noRules}</p>
      ) : (
        <ul className={styles.list} aria-label={words.rules}>
          {rules.value.map((rule) => (
            <li key={rule} className={styles.rule}>
              {rule}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
