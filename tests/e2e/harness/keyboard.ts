import { expect } from 'vitest';
import type { Page } from 'playwright-core';

/** What has the focus, as a screen reader would name it. */
export interface Stop {
  readonly role: string;
  readonly name: string;
}

interface FocusWatch {
  /** What had the focus at the stop before, and how it looked with it. */
  focusBefore?: { readonly element: Element; readonly look: string };
  /** The screens on which nothing had the focus for longer than it takes to draw one. */
  lostOn?: string[];
  lookOf?: (element: Element) => string;
}

/** Milliseconds without any focus that nobody notices: a screen is taken down and the next one drawn. */
const unnoticed = 600;
const lookEvery = 50;

/**
 * A person who has a keyboard and no mouse. Every stop is held against what a sighted one needs, that it looks other
 * than without the focus, and the focus is never left lying on the page itself.
 */
export class Keyboard {
  readonly #page: Page;
  readonly stops: Stop[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  /** Begins on a page that was just drawn; nothing has the focus yet. */
  async begin(): Promise<void> {
    // Transitions would have the looks compared half way.
    await this.#page.emulateMedia({ reducedMotion: 'reduce' });
    await this.#page.keyboard.press('Tab');
    await this.#page.evaluate(watchFocus, [lookEvery, unnoticed] as const);
  }

  /** The screens on which the focus was lost. */
  async lost(): Promise<readonly string[]> {
    return await this.#page.evaluate(() => (globalThis as unknown as FocusWatch).lostOn ?? []);
  }

  /** Goes on with Tab until a control of this role has this name; fails after one time round. */
  async tabTo(role: string, name: RegExp): Promise<void> {
    const seen: string[] = [];
    for (let presses = 0; presses < 120; presses += 1) {
      const stop = await this.#stop();
      seen.push(`${stop.role} ${stop.name}`);
      if (stop.role === role && name.test(stop.name)) {
        await this.#isSeen(stop);
        return;
      }
      await this.#press('Tab');
    }
    throw new Error(`Tab never came to the ${role} ${String(name)}, but to:\n${seen.join('\n')}`);
  }

  async press(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async present(): Promise<Stop> {
    return await this.#stop();
  }

  /** Looks at a control once more without the focus, and comes back to it. */
  async #isSeen(stop: Stop): Promise<void> {
    await this.#press('Tab');
    await this.#press('Shift+Tab');
    expect(await this.#stop()).toEqual(stop);
  }

  /** Moves on, and holds that the control that was left looked other while it had the focus. */
  async #press(key: 'Tab' | 'Shift+Tab'): Promise<void> {
    const from = await this.#stop();
    await this.#page.evaluate(remember);
    await this.#page.keyboard.press(key);
    const differs = await this.#page.evaluate(looksOther);
    expect(differs, `the focus is seen on ${from.role} "${from.name}"`).toBe(true);
  }

  async #stop(): Promise<Stop> {
    // The focus may be on its way: a screen that was just drawn moves it to its title.
    await expect
      .poll(() => this.#page.evaluate(() => document.activeElement !== document.body), { timeout: 5000 })
      .toBe(true);
    const focused = this.#page.locator('*:focus').first();
    const [line = ''] = (await focused.ariaSnapshot()).split('\n');
    const [, role = '', name = ''] = /^- '?(\w+)(?: "((?:[^"\\]|\\.)*)")?/u.exec(line) ?? [];
    const stop = { role, name };
    this.stops.push(stop);
    return stop;
  }
}

/* What follows runs in the page. */

function watchFocus([every, most]: readonly [number, number]): void {
  const watch = globalThis as unknown as FocusWatch;
  watch.lostOn = [];
  let lost = 0;
  setInterval(() => {
    const nothing = document.activeElement === null || document.activeElement === document.body;
    lost = nothing ? lost + every : 0;
    if (lost === most) watch.lostOn?.push(document.querySelector('main')?.textContent.slice(0, 200) ?? '');
  }, every);
  // A control and what surrounds it closely: Fluent outlines a field's wrapper, not the field.
  watch.lookOf = (element) => {
    const looks: string[] = [];
    let part: Element | null = element;
    for (let up = 0; part !== null && up < 3; up += 1) {
      for (const pseudo of [null, '::before', '::after']) {
        const { outline, boxShadow, border, textDecoration, transform } = getComputedStyle(part, pseudo);
        looks.push([outline, boxShadow, border, textDecoration, transform].join(' | '));
      }
      part = part.parentElement;
    }
    return looks.join('\n');
  };
}

function remember(): void {
  const watch = globalThis as unknown as FocusWatch;
  const element = document.activeElement;
  if (element !== null && watch.lookOf) watch.focusBefore = { element, look: watch.lookOf(element) };
}

function looksOther(): boolean {
  const { focusBefore, lookOf } = globalThis as unknown as FocusWatch;
  if (focusBefore === undefined || lookOf === undefined || focusBefore.element === document.activeElement) return false;
  return lookOf(focusBefore.element) !== focusBefore.look;
}
