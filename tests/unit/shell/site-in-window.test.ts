import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Composition } from '#electron/server/composition.ts';
import type { ChosenSite } from '#electron/shell/site-in-window.ts';
import { SiteInWindow } from '#electron/shell/site-in-window.ts';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';

const named = (site: ChosenSite) => site ?? (site === null ? 'training' : 'first');

/** A window whose sites only tell what is done with them, in order. */
function openWindow({ refuses = [] as readonly ChosenSite[], whileOpening = async () => {} } = {}) {
  const told: string[] = [];
  const busy = new Set<string>();
  const compose = async (site: ChosenSite): Promise<Result<Composition>> => {
    await whileOpening();
    if (refuses.includes(site)) return failed(failure('site-unknown', { id: named(site) }));
    told.push(`open ${named(site)}`);
    return succeed({
      isBusy: () => busy.has(named(site)),
      close: async () => {
        await Promise.resolve();
        told.push(`close ${named(site)}`);
      },
      name: named(site),
    } as unknown as Composition);
  };
  const window = new SiteInWindow({
    compose,
    serve: (composition) => (composition as unknown as { readonly name: string }).name,
    reload: () => told.push('reload'),
  });
  return { window, told, busy };
}

describe('A window that opens another site', () => {
  it('opens the other one before it puts the first one away, and then loads the page anew', async () => {
    const { window, told } = openWindow();
    expect(valueOf(await window.server())).toBe('first');
    valueOf(await window.open('north-gate'));
    expect(told).toEqual(['open first', 'open north-gate', 'close first', 'reload']);
    expect(valueOf(await window.server())).toBe('north-gate');
    valueOf(await window.open(null));
    expect(valueOf(await window.server())).toBe('training');
  });

  it('keeps the one that is open where the other cannot be', async () => {
    const { window, told } = openWindow({ refuses: ['north-gate'] });
    await window.server();
    expect(codeOf(await window.open('north-gate'))).toBe('site-unknown');
    expect(told).toEqual(['open first']);
    expect(valueOf(await window.server())).toBe('first');
  });

  it('puts no site away that began to change something meanwhile', async () => {
    const meanwhile = { begin: () => {} };
    const { window, told, busy } = openWindow({
      whileOpening: async () => {
        await Promise.resolve();
        meanwhile.begin();
      },
    });
    await window.server();
    meanwhile.begin = () => busy.add('first');
    expect(codeOf(await window.open('north-gate'))).toBe('not-allowed');
    expect(told).toEqual(['open first', 'open north-gate', 'close north-gate']);
    expect(valueOf(await window.server())).toBe('first');
  });

  it('opens one at a time', async () => {
    const { window, told } = openWindow();
    await window.server();
    const [one, other] = await Promise.all([window.open('north-gate'), window.open('harbour')]);
    expect(one.ok).toBe(true);
    expect(codeOf(other)).toBe('not-allowed');
    expect(told.filter((line) => line.startsWith('open'))).toEqual(['open first', 'open north-gate']);
    valueOf(await window.open('harbour'));
  });

  it('tells why the first site could not be opened, and has nothing to put away', async () => {
    const { window } = openWindow({ refuses: [undefined] });
    expect(codeOf(await window.server())).toBe('site-unknown');
    expect(window.isOpen()).toBe(false);
    expect(codeOf(await window.open('north-gate'))).toBe('not-allowed');
  });

  it('is closed with the site that is open by then, and with no other one left over', async () => {
    const { window, told } = openWindow();
    await window.server();
    const opening = window.open('north-gate');
    await window.close();
    expect((await opening).ok).toBe(false);
    const count = (word: string) => told.filter((line) => line.startsWith(word)).length;
    expect(count('close')).toBe(count('open'));
    expect(codeOf(await window.open(null))).toBe('not-allowed');
  });
});
