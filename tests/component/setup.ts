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

// Newer browsers answer a promise, which an effect must not take for its way to clean up.
Object.assign(Element.prototype, { scrollIntoView: () => Promise.resolve() });

const asked = new Set<MediaQueryList>();

/** The system of the test: whether it is set to dark. Setting it tells the page, as a real one does. */
export const system = {
  isDark: false,
  get dark() {
    return this.isDark;
  },
  set dark(dark: boolean) {
    this.isDark = dark;
    for (const media of asked) media.dispatchEvent(new Event('change'));
  },
};

class MediaOfTest extends EventTarget {
  readonly media: string;
  readonly onchange = null;

  constructor(media: string) {
    super();
    this.media = media;
  }

  get matches() {
    return this.media.includes('prefers-color-scheme: dark') && system.dark;
  }

  addListener() {}
  removeListener() {}
}

window.matchMedia = (query) => {
  const media = new MediaOfTest(query);
  asked.add(media);
  return media;
};

class NoResizes {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver ??= NoResizes;

afterEach(() => {
  cleanup();
  system.dark = false;
  asked.clear();
});
