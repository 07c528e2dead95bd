import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { LiveLine } from '../live-line.tsx';
import { ScrollRegion } from '../scroll-region.tsx';
import { useText } from '../session-context.tsx';
import { copyText } from './copy-text.ts';

const useStyles = makeStyles({
  block: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflow: 'hidden',
  },
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    paddingInlineStart: '10px',
    backgroundColor: tokens.colorNeutralBackground3,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  copy: { flexShrink: 0 },
  caption: { flexGrow: 1, minWidth: 0, paddingBlock: '3px' },
  code: {
    maxHeight: '260px',
    overflow: 'auto',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  text: {
    padding: '8px 10px',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: '1.5',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    tabSize: 4,
    color: tokens.colorNeutralForeground1,
  },
});

interface CodeBlockProps {
  /** What kind of text it is, for the button and for screen readers: "T-SQL". */
  readonly kind: string;
  readonly caption: string;
  readonly text: string;
  /** How the text is drawn, where not plainly. */
  readonly children?: ReactNode;
}

/** Text that a machine will get exactly as it stands here; can be scrolled by keyboard and copied. */
export function CodeBlock({ kind, caption, text, children }: CodeBlockProps) {
  const styles = useStyles();
  const { words, changes } = useText();
  const code = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const copy = async () => {
    if (!code.current) return;
    setSaid((await copyText(text, code.current)) ? words.copied : words.copyFailed);
  };
  return (
    <div className={styles.block}>
      <div className={styles.head}>
        <span className={styles.caption}>{caption}</span>
        <Button
          className={styles.copy}
          size="small"
          appearance="subtle"
          icon={<CopyRegular />}
          aria-label={changes.copyText(kind)}
          onClick={() => void copy()}
        >
          {said === words.copied ? words.copied : words.copy}
        </Button>
        <LiveLine>{said}</LiveLine>
      </div>
      <ScrollRegion label={caption} className={styles.code} content={code}>
        <pre className={styles.text}>{children ?? text}</pre>
      </ScrollRegion>
    </div>
  );
}
