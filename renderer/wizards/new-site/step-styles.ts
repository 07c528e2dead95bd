import { makeStyles, tokens } from '@fluentui/react-components';

/** How the parts of the assistant are laid out. */
export const useStepStyles = makeStyles({
  step: { display: 'flex', flexDirection: 'column', gap: '14px' },
  fields: { display: 'flex', flexDirection: 'column', gap: '14px', maxWidth: '620px' },
  pair: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(240px, 100%), 1fr))',
    gap: '14px',
    alignItems: 'start',
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  grow: { flex: '1 1 180px', minWidth: 0, '& > *': { maxWidth: '100%' } },
  item: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '10px 12px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    minWidth: 0,
    margin: 0,
  },
  bare: { border: 'none', margin: 0, padding: 0, minWidth: 0, display: 'flex', flexDirection: 'column', gap: '10px' },
  list: { display: 'flex', flexDirection: 'column', gap: '10px' },
});
