import { assessment } from './en/assessment.ts';
import { changes } from './en/changes.ts';
import { controllers } from './en/controllers.ts';
import { database } from './en/database.ts';
import { general } from './en/general.ts';
import { lockdown } from './en/lockdown.ts';
import { practice } from './en/practice.ts';
import { rotation } from './en/rotation.ts';
import { security } from './en/security.ts';
import { shell } from './en/shell.ts';
import { siteAssistant } from './en/site-assistant.ts';
import { sites } from './en/sites.ts';
import { words } from './en/words.ts';

/** English: the catalogue of every sentence that the window itself says. What main words (failures, plans) comes as it is. */
export const en = {
  /** How dates and numbers are written. */
  locale: 'en-GB',
  words,
  shell,
  changes,
  general,
  controllers,
  lockdown,
  database,
  rotation,
  security,
  practice,
  assessment,
  sites,
  siteAssistant,
} as const;
