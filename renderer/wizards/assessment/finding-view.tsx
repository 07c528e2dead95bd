import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { Finding } from '#shared/assessment.ts';
import { CodeBlock } from '../../components/change/code-block.tsx';
import { useText } from '../../components/session-context.tsx';
import { SeverityTag } from './severity-tag.tsx';

const useStyles = makeStyles({
  finding: {
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    paddingBlock: '10px',
    paddingInlineStart: '12px',
    borderLeft: `3px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
  blocking: { borderLeftColor: tokens.colorStatusDangerBorder2 },
  attention: { borderLeftColor: tokens.colorStatusWarningBorder2 },
  unknown: { borderLeftStyle: 'dashed', borderLeftColor: tokens.colorNeutralStrokeAccessible },
  note: { borderLeftColor: tokens.colorNeutralStroke1 },
  good: { borderLeftColor: tokens.colorStatusSuccessBorder1 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 10px' },
  title: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase300 },
  detail: { color: tokens.colorNeutralForeground2, maxWidth: '90ch' },
  next: { maxWidth: '90ch' },
  word: { fontWeight: tokens.fontWeightSemibold },
  evidence: { marginBlockStart: '6px' },
});

/** One finding: how much it stands in the way, what it is, what to do, and what was read on demand. */
export function FindingView({ finding }: { readonly finding: Finding }) {
  const styles = useStyles();
  const { assessment } = useText();
  return (
    <li className={mergeClasses(styles.finding, styles[finding.severity])} data-severity={finding.severity}>
      <div className={styles.head}>
        <SeverityTag severity={finding.severity} />
        <h3 className={styles.title}>{finding.title}</h3>
      </div>
      <p className={styles.detail}>{finding.detail}</p>
      {finding.next === null ? null : (
        <p className={styles.next}>
          <span className={styles.word}>{assessment.whatToDo}</span> {finding.next}
        </p>
      )}
      {finding.evidence.length === 0 ? null : (
        <details>
          <summary>{assessment.evidence(finding.evidence.length)}</summary>
          <div className={styles.evidence}>
            <CodeBlock
              kind={assessment.evidenceKind}
              caption={assessment.evidenceOf(finding.title)}
              text={finding.evidence.join('\n')}
            />
          </div>
        </details>
      )}
    </li>
  );
}
