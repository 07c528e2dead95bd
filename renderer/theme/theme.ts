import { createDarkTheme, createLightTheme } from '@fluentui/react-components';
import type { BrandVariants, Theme } from '@fluentui/react-components';

/** One accent, the blue-green of patinated brass; 80 carries white text in light, 100 stands on dark grey, both above 4.5:1. */
const patina: BrandVariants = {
  10: '#01181d',
  20: '#04272e',
  30: '#063640',
  40: '#08444f',
  50: '#09515f',
  60: '#0a5d6d',
  70: '#0b687a',
  80: '#0c7387',
  90: '#2b8699',
  100: '#51a7b8',
  110: '#67b5c4',
  120: '#7fc3d0',
  130: '#99d1dc',
  140: '#b5dfe7',
  150: '#d2edf1',
  160: '#ebf8fa',
};

export const lightTheme: Theme = createLightTheme(patina);
export const darkTheme: Theme = createDarkTheme(patina);
