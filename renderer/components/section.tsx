import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  section: {
    minWidth: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    paddingBlock: '14px 16px',
    paddingInline: '16px',
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
  },
  lead: { borderLeft: `4px solid ${tokens.colorBrandStroke1}` },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px' },
  title: {
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  aside: { marginInlineStart: 'auto', display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
});

interface SectionProps {
  readonly title: string;
  /** Stands at the end of the headline: a state, a count, a control. */
  readonly aside?: ReactNode;
  /** Marks the one section that wants attention first. */
  readonly leads?: boolean;
  readonly children: ReactNode;
}

/** A part of a tab with its headline; a landmark for screen readers. */
export function Section({ title, aside, leads = false, children }: SectionProps) {
  const styles = useStyles();
  const id = useId();
  return (
    <section className={mergeClasses(styles.section, leads && styles.lead)} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside === undefined ? null : <div className={styles.aside}>{aside}</div>}
      </div>
      {children}
    </section>
  );
}
