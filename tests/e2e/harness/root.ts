import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The repository. */
export const root = path.join(import.meta.dirname, '../../..');

/** A state folder that nobody else may write, for one test. */
export const newStateFolder = (): string => mkdtempSync(path.join(tmpdir(), 'mortise-e2e-'));
