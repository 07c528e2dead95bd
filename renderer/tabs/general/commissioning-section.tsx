import { assertNever } from '#shared/assert-never.ts';
import type { Commissioning } from '#shared/snapshot.ts';
import { Callout } from '../../components/callout.tsx';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { commissioningStatus } from '../../shell/statuses.ts';
import { waitsForFirstSteps } from './first-steps.tsx';
import { useTabStyles } from '../use-tab-styles.ts';
import { CommissioningState } from './commissioning-state.tsx';

/** The lock of the site's database: its state, since when and why, and the controls that begin its changes. */
export function CommissioningSection() {
  const text = useText();
  const { commissioning } = useSnapshot();
  const status = commissioningStatus(commissioning, text);
  return (
    <Section
      title={text.general.commissioning.title}
      aside={
        <Tag tone={status.tone} icon={status.icon}>
          {status.word}
        </Tag>
      }
    >
      <ReadingView reading={commissioning}>{(value) => <Content commissioning={value} />}</ReadingView>
    </Section>
  );
}

function Content({ commissioning }: { readonly commissioning: Commissioning }) {
  switch (commissioning.state) {
    case 'not-prepared':
      return <NotPrepared />;
    case 'half-prepared':
      return <HalfPrepared found={commissioning.found} />;
    case 'on':
    case 'off':
    case 'locked-by-time':
    case 'rehearsing':
    case 'rehearsal-over':
    case 'upgrading':
      return <CommissioningState commissioning={commissioning} />;
    default:
      return assertNever(commissioning);
  }
}

function NotPrepared() {
  const styles = useTabStyles();
  const { general, database } = useText();
  // Then it is the third of the first steps, which stand above.
  const leads = waitsForFirstSteps(useSnapshot());
  return (
    <>
      <p>{general.commissioning.notPrepared}</p>
      {leads ? null : (
        <div className={styles.buttons}>
          <PermittedButton request={{ change: 'site.prepare' }}>{database.prepare}</PermittedButton>
        </div>
      )}
    </>
  );
}

function HalfPrepared({ found }: { readonly found: readonly string[] }) {
  const { general, database } = useText();
  const words = general.commissioning;
  return (
    <Callout
      tone="danger"
      title={words.halfPrepared}
      next={words.halfPreparedNext}
      actions={<PermittedButton request={{ change: 'site.remove' }}>{database.remove}</PermittedButton>}
    >
      {words.halfPreparedFound(found.join(', '))}{' '}
    </Callout>
  );
}
