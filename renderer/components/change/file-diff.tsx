import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  line: { display: 'block', minHeight: '1em' },
  added: { color: tokens.colorStatusSuccessForeground1, backgroundColor: tokens.colorStatusSuccessBackground1 },
  removed: { color: tokens.colorStatusDangerForeground1, backgroundColor: tokens.colorStatusDangerBackground1 },
});

/** The two lines that name the files begin with the sign three times. */
const isSign = (line: string, sign: '+' | '-') => line.startsWith(sign) && !line.startsWith(sign.repeat(3));

/** A unified diff; the signs at the start of the lines say the same as the colours. */
export function FileDiff({ diff }: { readonly diff: string }) {
  const styles = useStyles();
  return diff.split('\n').map((line, index) => (
    <span
      // Lines of a text have no identity but their place.
      // oxlint-disable-next-line react/no-array-index-key
      key={index}
      className={mergeClasses(styles.line, isSign(line, '+') && styles.added, isSign(line, '-') && styles.removed)}
    >
      {line}
    </span>
  ));
}
