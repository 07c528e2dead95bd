import { makeStyles, tokens } from '@fluentui/react-components';
import { DismissCircleRegular } from '@fluentui/react-icons/svg/dismiss-circle';
import type { Claim } from '#shared/plan.ts';
import { Moment } from '../moment.tsx';
import { useText } from '../session-context.tsx';
import { Tag } from '../tag.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '8px' },
  claim: {
    display: 'grid',
    gridTemplateColumns: '92px minmax(0, 1fr)',
    gap: '10px',
    alignItems: 'start',
    overflowWrap: 'anywhere',
  },
  method: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** What is claimed, each with its verdict, how it was found out, and when. */
export function Claims({ claims }: { readonly claims: readonly Claim[] }) {
  const styles = useStyles();
  const { changes } = useText();
  if (claims.length === 0) return <p>{changes.noClaims}</p>;
  return (
    <ul className={styles.list} aria-label={changes.claims}>
      {claims.map((claim) => (
        <li key={`${claim.claim} ${claim.at}`} className={styles.claim}>
          <span>
            <VerdictTag verdict={claim.verdict} />
          </span>
          <div>
            <p>{claim.claim}</p>
            <p className={styles.method}>
              {changes.claimMethod(claim.method)} · <Moment at={claim.at} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function VerdictTag({ verdict }: { readonly verdict: Claim['verdict'] }) {
  const word = useText().changes.verdicts[verdict];
  if (verdict === 'verified') return <Tag tone="good">{word}</Tag>;
  if (verdict === 'unknown') return <Tag tone="unknown">{word}</Tag>;
  return (
    <Tag tone="danger" icon={DismissCircleRegular}>
      {word}
    </Tag>
  );
}
