import type { Commissioning } from '#shared/snapshot.ts';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import type { Tone } from '../../components/tone.tsx';
import { greyedOut } from './greyed-out.ts';
import { useTabStyles } from '../use-tab-styles.ts';

type State = Commissioning['state'];

const tones: { readonly [S in State]?: Tone } = {
  'not-prepared': 'attention',
  'half-prepared': 'danger',
  upgrading: 'attention',
};

/** Mortise's objects in the site's database: put there, and taken away. */
export function ObjectsSection() {
  const styles = useTabStyles();
  const { database: words, words: common } = useText();
  const snapshot = useSnapshot();
  const { commissioning } = snapshot;
  const whys = greyedOut(snapshot);
  const sentences: { readonly [S in State]?: string } = {
    'not-prepared': words.objectsMissing,
    'half-prepared': words.objectsHalf,
    upgrading: words.objectsDown,
  };
  // One reason for all of them is said once.
  const greyed = whys.length === 1;
  return (
    <Section title={words.objects}>
      <p className={styles.quiet}>{words.objectsWhat}</p>
      <ReadingView reading={commissioning}>
        {({ state }) => (
          <p>
            <Tag tone={tones[state] ?? 'good'}>{sentences[state] ?? words.objectsThere}</Tag>
          </p>
        )}
      </ReadingView>
      <div className={styles.buttons}>
        <PermittedButton request={{ change: 'site.prepare' }} whyElsewhere={greyed}>
          {words.prepare}
        </PermittedButton>
        <PermittedButton request={{ change: 'site.remove' }} whyElsewhere={greyed}>
          {words.remove}
        </PermittedButton>
      </div>
      {greyed ? (
        <p className={styles.quiet}>
          {common.notAllowedNow} {whys.join(' ')}
        </p>
      ) : null}
    </Section>
  );
}
