import { Field, Radio, RadioGroup, makeStyles, tokens } from '@fluentui/react-components';
import type { TableCandidate } from '#shared/sites.ts';
import { useSession, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { chooseTable } from '../../store/assistant-asking.ts';
import { countText } from '../../text/moments.ts';
import { useStepStyles } from './step-styles.ts';
import { useAssistant } from './use-assistant.ts';

const useStyles = makeStyles({
  candidate: { display: 'flex', flexDirection: 'column', gap: '2px', overflowWrap: 'anywhere' },
  name: { fontWeight: tokens.fontWeightSemibold },
  reasons: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  obstacles: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '2px' },
});

const nameOf = ({ schema, table }: { readonly schema: string; readonly table: string }) => `${schema}.${table}`;

/** Tables that look like the one, the likeliest first, with why and what stands in the way. None is chosen beforehand. */
export function CandidateChoice() {
  const styles = useStepStyles();
  const session = useSession();
  const words = useText().siteAssistant.table;
  const { tables, draft } = useAssistant();
  const candidates = tables.state === 'answered' ? tables.value.candidates : [];
  if (candidates.length === 0) return <p className={styles.quiet}>{words.noCandidates}</p>;
  return (
    <Field label={words.candidates}>
      <RadioGroup
        value={nameOf(draft.table)}
        onChange={(_event, { value }) => {
          const chosen = candidates.find((candidate) => nameOf(candidate) === value);
          if (chosen) chooseTable(session, chosen);
        }}
      >
        {candidates
          .toSorted((a, b) => b.score - a.score)
          .map((candidate) => (
            <Radio
              key={nameOf(candidate)}
              value={nameOf(candidate)}
              label={{ children: <CandidateLabel candidate={candidate} /> }}
            />
          ))}
      </RadioGroup>
    </Field>
  );
}

function CandidateLabel({ candidate }: { readonly candidate: TableCandidate }) {
  const styles = useStyles();
  const { siteAssistant, locale } = useText();
  const words = siteAssistant.table;
  return (
    <span className={styles.candidate}>
      <span>
        <span className={styles.name}>{nameOf(candidate)}</span>, {words.rows(countText(candidate.rows, locale))}
      </span>
      <span className={styles.reasons}>{candidate.reasons.join('; ')}</span>
      {candidate.obstacles.length === 0 ? null : (
        <span className={styles.obstacles}>
          {candidate.obstacles.map((obstacle) => (
            <Tag key={obstacle} tone="danger">
              {words.obstacle}: {obstacle}
            </Tag>
          ))}
        </span>
      )}
    </span>
  );
}
