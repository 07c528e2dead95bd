import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { folderSaver } from '#electron/preview/folder-saver.ts';
import { readPreviewOptions } from '#electron/preview/preview-options.ts';
import { PreviewTokens } from '#electron/preview/preview-tokens.ts';
import { consentWithoutDialog, terminalConsent } from '#electron/preview/terminal-consent.ts';

const question = { title: 'Switch commissioning on', sentence: 'Controllers may be added.', confirm: 'Switch on' };
const silent = () => undefined;

async function answerOnTerminal(line: string): Promise<{ readonly agreed: boolean; readonly shown: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const asked = terminalConsent(input, output).ask(question);
  input.write(`${line}\n`);
  const agreed = await asked;
  return { agreed, shown: String(output.read()) };
}

describe('Consent in the preview', () => {
  it('is given on its terminal by "yes" and by nothing else', async () => {
    for (const line of ['yes', ' YES ']) expect((await answerOnTerminal(line)).agreed, line).toBe(true);
    for (const line of ['', 'y', 'no', 'yes please']) expect((await answerOnTerminal(line)).agreed, line).toBe(false);
    expect((await answerOnTerminal('no')).shown).toContain(question.sentence);
  });

  it('is given without a dialog where there is no terminal, and that is told', async () => {
    const told: string[] = [];
    expect(await consentWithoutDialog((line) => told.push(line)).ask(question)).toBe(true);
    expect(told.join()).toContain('preview host, training site only: consent given without a dialog');
    expect(told.join()).toContain(question.title);
  });
});

describe('Documents in the preview', () => {
  it('are saved into its folder, for this account only, and never over another one', async () => {
    const folder = path.join(mkdtempSync(path.join(tmpdir(), 'mortise-saved-')), 'reports');
    const saver = folderSaver(folder, silent);
    const first = await saver.save({ suggestedName: 'summary.html', content: 'one' });
    const second = await saver.save({ suggestedName: '../../summary.html', content: 'two' });
    expect(first).toEqual({ ok: true, value: path.join(folder, 'summary.html') });
    expect(second).toEqual({ ok: true, value: path.join(folder, 'summary-2.html') });
    expect(readFileSync(path.join(folder, 'summary.html'), 'utf8')).toBe('one');
    expect(statSync(path.join(folder, 'summary.html')).mode & 0o077).toBe(0);
  });

  it('that cannot be saved are a failure with the cause', async () => {
    const blocked = path.join(mkdtempSync(path.join(tmpdir(), 'mortise-saved-')), 'file');
    writeFileSync(blocked, '');
    const saved = await folderSaver(blocked, silent).save({ suggestedName: 'summary.html', content: '' });
    expect(saved).toMatchObject({ ok: false, error: { code: 'file-not-saved' } });
  });
});

describe('The tokens of the preview', () => {
  it('are used once, and a wrong one uses nothing up', () => {
    const tokens = new PreviewTokens();
    const { once } = tokens;
    expect(tokens.exchange(`${once.slice(0, -1)}*`)).toBeUndefined();
    const ofTab = tokens.exchange(once);
    expect(tokens.isTabs(ofTab)).toBe(true);
    expect(tokens.isTabs(once)).toBe(false);
    expect(tokens.exchange(once)).toBeUndefined();
    expect(tokens.exchange(ofTab)).toBeUndefined();
    expect(tokens.once).not.toBe(once);
  });
});

describe('The arguments of the preview', () => {
  it('are refused by name where it does not know them, a real profile first of all', () => {
    expect(readPreviewOptions(['--profile=/etc/site.json'])).toEqual({ understood: false, refused: '--profile' });
    expect(readPreviewOptions(['site.json'])).toEqual({ understood: false, refused: 'site.json' });
  });

  it('name port, controllers and state folder of the training site', () => {
    expect(
      readPreviewOptions(['--training-port=14330', '--controllers', '50', '--state-folder=/a', '--no-browser']),
    ).toEqual({
      understood: true,
      options: { stateFolder: '/a', trainingPort: 14330, controllers: 50, browser: false },
    });
  });
});
