import { describe, expect, it } from 'vitest';
import { findPeer, withPeer } from '#tests/peers/peer.ts';
import { runUnderWine } from './machine.ts';
import type { Outcome } from './machine.ts';
import { bothVersions } from './windows-parts.ts';

describe('the native modules under Wine', () => {
  it.each(['koffi', 'keytar', '@koromix/koffi-win32-x64'])('are those of the product: %s', async (name) => {
    const [product, here] = await bothVersions(name);
    expect(here).toBe(product);
  });
});

const wine = findPeer('wine');
const compiler = findPeer('x86_64-w64-mingw32-gcc');

/** All of it ran before any of it is told, because its tests are known only then. */
const outcomes: readonly Outcome[] =
  wine.path === undefined || compiler.path === undefined
    ? []
    : await runUnderWine({ wine: wine.path, compiler: compiler.path });

describe('on Windows, as Wine shows it', () => {
  withPeer(wine, () => {
    withPeer(compiler, () => {
      for (const { name, fault } of outcomes) {
        it(name, () => {
          if (fault !== null) expect.fail(fault);
        });
      }
    });
  });
});
