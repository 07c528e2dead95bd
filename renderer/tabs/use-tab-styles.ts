import { makeStyles, tokens } from '@fluentui/react-components';

/** The grid on which the sections of a tab stand: two columns where there is room, one with little room or much zoom. */
export const useTabStyles = makeStyles({
  tab: { display: 'flex', flexDirection: 'column', gap: '12px' },
  pair: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: '12px',
    '@media (max-width: 860px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  heading: { fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-start' },
  stack: { display: 'flex', flexDirection: 'column', gap: '8px' },
});
