import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { ProfileFault } from '#shared/site-profile.ts';
import { useText } from './session-context.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '6px', paddingBlock: '4px' },
  fault: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '2px 10px', overflowWrap: 'anywhere' },
  path: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

interface FaultListProps {
  readonly faults: readonly ProfileFault[];
  /** What can be done about one, beside it. */
  readonly renderAction?: (fault: ProfileFault) => ReactNode;
}

/** Every fault of a profile at once: where it is, and what to write there. */
export function FaultList({ faults, renderAction }: FaultListProps) {
  const styles = useStyles();
  const { sites } = useText();
  return (
    <ul className={styles.list}>
      {[...new Map(faults.map((fault) => [`${fault.path} ${fault.sentence}`, fault]))].map(([key, fault]) => (
        <li key={key} className={styles.fault}>
          <code className={styles.path}>{fault.path === '' ? sites.fileAsWhole : fault.path}</code>
          <span>{fault.sentence}</span>
          {renderAction?.(fault)}
        </li>
      ))}
    </ul>
  );
}
