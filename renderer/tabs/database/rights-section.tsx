import { makeStyles, tokens } from '@fluentui/react-components';
import type { Right } from '#shared/snapshot.ts';
import { Callout } from '../../components/callout.tsx';
import { CodeBlock } from '../../components/change/code-block.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import type { Tone } from '../../components/tone.tsx';
import { useTabStyles } from '../use-tab-styles.ts';
import { CreateRunLogin } from './create-run-login.tsx';

const useStyles = makeStyles({
  rights: { display: 'flex', flexDirection: 'column', gap: '10px' },
  right: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0, overflowWrap: 'anywhere' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 10px' },
  name: { fontWeight: tokens.fontWeightSemibold, fontFamily: tokens.fontFamilyMonospace },
});

/** Required and missing first, then what only a wish needs, then what is there. */
const rankOf = ({ held, required }: Right): number => (held ? 2 : required ? 0 : 1);

/** The rights of Mortise's own login, one by one; each missing one with the statement that gives it. */
export function RightsSection() {
  const tab = useTabStyles();
  const { rights: words } = useText().database;
  const { rights } = useSnapshot();
  return (
    <Section title={words.title}>
      <p className={tab.quiet}>{words.what}</p>
      <ReadingView reading={rights}>{(all) => <Rights rights={all} />}</ReadingView>
      <CreateRunLogin />
    </Section>
  );
}

function Rights({ rights }: { readonly rights: readonly Right[] }) {
  const styles = useStyles();
  const tab = useTabStyles();
  const { rights: words } = useText().database;
  const missing = rights.filter(({ held, required }) => required && !held);
  const sorted = rights.toSorted((a, b) => rankOf(a) - rankOf(b));
  const shown = sorted.filter(({ held }) => !held);
  const held = sorted.filter((right) => right.held);
  if (rights.length === 0) return <p className={tab.quiet}>{words.none}</p>;
  return (
    <>
      {missing.length === 0 ? (
        <p>
          <Tag tone="good">{words.complete}</Tag>
        </p>
      ) : (
        <Callout tone="danger" title={words.missing(missing.length)} next={words.missingNext} />
      )}
      {missing.length > 1 ? (
        <details>
          <summary>{words.allGrantsAtOnce}</summary>
          <CodeBlock
            kind={words.allGrants}
            caption={words.allGrants}
            text={missing.map(({ grant }) => grant).join('\n')}
          />
        </details>
      ) : null}
      {shown.length === 0 ? null : (
        <ul className={styles.rights} aria-label={words.missingList}>
          {shown.map((right) => (
            <li key={right.name}>
              <RightLine right={right} />
            </li>
          ))}
        </ul>
      )}
      {held.length === 0 ? null : (
        <details>
          <summary>{words.heldCount(held.length)}</summary>
          <ul className={styles.rights} aria-label={words.heldList}>
            {held.map((right) => (
              <li key={right.name}>
                <RightLine right={right} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function RightLine({ right }: { readonly right: Right }) {
  const styles = useStyles();
  const tab = useTabStyles();
  const { rights: words } = useText().database;
  const tone: Tone = right.held ? 'good' : right.required ? 'danger' : 'neutral';
  const word = right.held ? words.held : right.required ? words.isMissing : words.notGiven;
  return (
    <div className={styles.right}>
      <div className={styles.head}>
        <Tag tone={tone}>{word}</Tag>
        <span className={styles.name}>{right.name}</span>
      </div>
      <p className={tab.quiet}>{right.why}</p>
      {right.held ? null : <CodeBlock kind={words.grantOf(right.name)} caption={words.grant} text={right.grant} />}
    </div>
  );
}
