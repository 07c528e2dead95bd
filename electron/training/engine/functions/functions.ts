import { registerFunctions } from '../registry.ts';
import { executionFunctions } from './execution-functions.ts';
import { momentFunctions } from './moment-functions.ts';
import { numberFunctions } from './number-functions.ts';
import { textFunctions } from './text-functions.ts';

/** Makes the scalar functions that need no catalogue known by name. */
export function registerScalarFunctions(): void {
  registerFunctions([...textFunctions, ...numberFunctions, ...momentFunctions, ...executionFunctions]);
}
