import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

/** jsdom lays nothing out, so what Fluent asks of the layout is answered here. */

// Fluent's focus trap takes an element without an offset parent for hidden, and hides a dialog's page wrongly then.
Object.defineProperty(HTMLElement.prototype, 'offsetParent', {
  configurable: true,
  get(this: HTMLElement) {
    return this === document.body || this.hidden ? null : this.parentElement;
  },
});
document.body.getBoundingClientRect = () => new DOMRect(0, 0, 1024, 768);

/** Whether the system of the test is set to dark. */
export const system = { dark: false };

window.matchMedia = (query: string): MediaQueryList =>
  Object.assign(new EventTarget(), {
    matches: query.includes('prefers-color-scheme: dark') && system.dark,
    media: query,
    onchange: null,
    addListener() {},
    removeListener() {},
  }) as MediaQueryList;

class NoResizes {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver ??= NoResizes;

afterEach(() => {
  cleanup();
  system.dark = false;
});
