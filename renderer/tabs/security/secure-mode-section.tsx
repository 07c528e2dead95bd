import { makeStyles, tokens } from '@fluentui/react-components';
import type { SecureMode } from '#shared/snapshot.ts';
import { Callout } from '../../components/callout.tsx';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import type { Tone } from '../../components/tone.tsx';
import { secureModeStatus } from '../../shell/statuses.ts';
import type { Text } from '../../text/text.ts';
import { useTabStyles } from '../use-tab-styles.ts';

const useStyles = makeStyles({
  reasons: {
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
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
};

const verdictWord = ({ security: { secureMode } }: Text, verdict: SecureMode['verdict']) =>
  ({
    'in-force': secureMode.inForce,
    'in-force-but': secureMode.inForceBut,
    'not-in-force': secureMode.notInForce,
  })[verdict];

/** Whether other machines can reach SQL Server: the verdict, never stronger than its reasons, and the rules. */
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
      <ReadingView reading={secureMode}>{(value) => <Verdict secureMode={value} />}</ReadingView>
      <div className={styles.buttons}>
        <PermittedButton request={{ change: 'secureMode.on' }}>{words.on}</PermittedButton>
        <PermittedButton request={{ change: 'secureMode.off' }}>{words.off}</PermittedButton>
      </div>
    </Section>
  );
}

function Verdict({ secureMode }: { readonly secureMode: SecureMode }) {
  const styles = useStyles();
  const tab = useTabStyles();
  const text = useText();
  const { secureMode: words } = text.security;
  return (
    <>
      <Callout tone={tones[secureMode.verdict]} title={verdictWord(text, secureMode.verdict)}>
        <ul className={styles.reasons} aria-label={words.because}>
          {secureMode.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </Callout>
      <h3 className={tab.heading}>{words.rules}</h3>
      {secureMode.rules.length === 0 ? (
        <p className={tab.quiet}>{words.noRules}</p>
      ) : (
        <ul className={styles.reasons} aria-label={words.rules}>
          {secureMode.rules.map((rule) => (
            <li key={rule} className={styles.rule}>
              {rule}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
