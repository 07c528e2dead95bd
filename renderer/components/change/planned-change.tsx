import { makeStyles, tokens } from '@fluentui/react-components';
import { assertNever } from '#shared/assert-never.ts';
import type { PlannedChange } from '#shared/plan.ts';
import { useText } from '../session-context.tsx';
import { Tag } from '../tag.tsx';
import { CodeBlock } from './code-block.tsx';
import { FileDiff } from './file-diff.tsx';

const useStyles = makeStyles({
  line: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    gap: '8px',
    alignItems: 'baseline',
    overflowWrap: 'anywhere',
  },
  rule: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, minWidth: 0 },
});

/** One thing that will be changed, exactly as it will be done. */
export function PlannedChangeView({ change }: { readonly change: PlannedChange }) {
  const { changes } = useText();
  switch (change.kind) {
    case 'tsql':
      return (
        <CodeBlock
          kind={changes.kinds.tsql}
          caption={`${changes.kinds.tsql} ${changes.tsqlWhere(change.where, change.as)}`}
          text={change.text}
        />
      );
    case 'file':
      return (
        <CodeBlock kind={changes.kinds.file} caption={`${changes.kinds.file} ${change.path}`} text={change.diff}>
          <FileDiff diff={change.diff} />
        </CodeBlock>
      );
    case 'firewall':
      return <Line word={changes.firewall[change.action]} exact={change.rule} />;
    case 'service':
      return <Line word={changes.service[change.action]} text={change.name} />;
    case 'secret':
      return <Line word={changes.kinds.secret} text={`${change.store}, ${change.entry}: ${change.action}`} />;
    case 'command':
      return <Line word={changes.kinds.command} exact={change.text} />;
    case 'training':
      return <Line word={changes.kinds.training} text={change.text} />;
    default:
      return assertNever(change);
  }
}

function Line({ word, text, exact }: { readonly word: string; readonly text?: string; readonly exact?: string }) {
  const styles = useStyles();
  return (
    <div className={styles.line}>
      <Tag tone="neutral">{word}</Tag>
      {exact === undefined ? <span>{text}</span> : <code className={styles.rule}>{exact}</code>}
    </div>
  );
}
