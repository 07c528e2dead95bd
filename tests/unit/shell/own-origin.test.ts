import { describe, expect, it } from 'vitest';
import { isOwnAddress } from '#electron/shell/own-origin.ts';

describe('The own origin', () => {
  it.each(['app://mortise/', 'app://mortise/index.html', 'app://mortise/assets/a.js?x#y', 'APP://mortise/'])(
    'is %s',
    (address) => {
      expect(isOwnAddress(address)).toBe(true);
    },
  );

  it.each([
    'app://mortise.example/',
    'app://mortise:80/',
    'app://user@mortise/',
    'app://evil/app://mortise/',
    'app:mortise',
    'apps://mortise/',
    'https://mortise/',
    'file:///app://mortise/',
    'about:blank',
    'javascript:void(0)',
    '',
    'app://',
  ])('is not %s', (address) => {
    expect(isOwnAddress(address)).toBe(false);
  });
});
