import path from 'node:path';
import type { ElectronApplication } from 'playwright-core';

/** What Mortise asked in a window of its own, which no script in the page can see or answer. */
export interface AskedConsent {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

interface Asked {
  asked?: AskedConsent[];
}

/** Answers Mortise's own questions from here on, as a person would who reads them. */
export async function answerConsent(app: ElectronApplication, answer: 'confirm' | 'cancel'): Promise<void> {
  await app.evaluate(
    ({ dialog }, response) => {
      const noted = globalThis as unknown as Asked;
      noted.asked = [];
      const show = async (...given: readonly unknown[]) => {
        const { message, detail, buttons } = given.at(-1) as AskedConsent;
        noted.asked?.push({ message, detail, buttons });
        return await Promise.resolve({ response, checkboxChecked: false });
      };
      Object.assign(dialog, { showMessageBox: show });
    },
    answer === 'confirm' ? 1 : 0,
  );
}

/** The questions since `answerConsent`, in order. */
export async function askedConsent(app: ElectronApplication): Promise<readonly AskedConsent[]> {
  return await app.evaluate(() => (globalThis as unknown as Asked).asked ?? []);
}

/** Chooses this folder whenever Mortise asks where to save a document, and keeps the suggested name. */
export async function saveInto(app: ElectronApplication, folder: string): Promise<void> {
  await app.evaluate(
    ({ dialog }, [into, separator]) => {
      const choose = async (...given: readonly unknown[]) => {
        const { defaultPath } = given.at(-1) as { readonly defaultPath: string };
        const name = defaultPath.split(separator).at(-1) ?? '';
        return await Promise.resolve({ canceled: false, filePath: into + separator + name });
      };
      Object.assign(dialog, { showSaveDialog: choose });
    },
    [folder, path.sep] as const,
  );
}

/** Notes what Mortise tells the person by the desktop's notifications, which there are none of under a test. */
export async function hearNotifications(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ Notification }) => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    Object.assign(Notification, { isSupported: () => true });
    Object.assign(Notification.prototype, {
      show(this: { readonly title: string; readonly body: string }) {
        heard.push(`${this.title}: ${this.body}`);
      },
    });
  });
}

/** The notifications since `hearNotifications`, in order. */
export async function heardNotifications(app: ElectronApplication): Promise<readonly string[]> {
  return await app.evaluate(() => (globalThis as unknown as { heard?: string[] }).heard ?? []);
}
