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
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M7 2h9a3 3 0 0 1 3 3v5h4.5A1.5 1.5 0 0 1 25 11.5v5a1.5 1.5 0 0 1-1.5 1.5H19v5a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3zm4.5 6a3 3 0 0 0-1.6 5.54L9.100 20h4.800l-.8-6.46A3 3 0 0 0 11.5 8z"
      />
    </svg>
  );
}
