import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  mark: {
    width: '28px',
    height: '28px',
    flexShrink: 0,
    color: tokens.colorBrandForeground1,
    forcedColorAdjust: 'auto',
  },
});

/** The product's mark: a mortise lock seen from its face, bolt thrown. */
export function Mark() {
  const styles = useStyles();
  return (
    <svg className={styles.mark} viewBox="0 0 28 28" aria-hidden focusable="false">
      <rect x="4" y="2" width="15" height="24" rx="3" fill="currentColor" />
      <rect x="19" y="10" width="6" height="8" rx="1.5" fill="currentColor" />
      <circle cx="11.5" cy="11" r="3" fill={tokens.colorNeutralBackground1} />
      <path d="M10.2 12h2.6l1.1 8h-4.8z" fill={tokens.colorNeutralBackground1} />
    </svg>
  );
}
