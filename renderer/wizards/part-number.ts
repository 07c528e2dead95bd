import { makeStyles, shorthands, tokens } from '@fluentui/react-components';

/** How a part of a guided sequence shows its number, which the list counts: in a circle before it, filled where the person is now. */
export const usePartNumberStyles = makeStyles({
  list: { display: 'flex', flexWrap: 'wrap', counterReset: 'part' },
  counted: { counterIncrement: 'part' },
  numbered: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    '::before': {
      content: 'counter(part)',
      display: 'grid',
      placeItems: 'center',
      width: '22px',
      height: '22px',
      flexShrink: 0,
      borderRadius: tokens.borderRadiusCircular,
      border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
      fontSize: tokens.fontSizeBase200,
    },
  },
  now: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    '::before': {
      backgroundColor: tokens.colorBrandBackground,
      ...shorthands.borderColor(tokens.colorBrandBackground),
      color: tokens.colorNeutralForegroundOnBrand,
    },
  },
});
