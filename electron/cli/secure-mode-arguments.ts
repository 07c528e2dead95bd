import type { InstanceLayer } from '#shared/secure-mode.ts';

/** Secure mode: the switch, who stays allowed, the next start, SQL Server's own setting, the other machine. */
export type SecureModeCommand =
  | { readonly name: 'secure-mode'; readonly to: 'off' | 'status' | 'ask-probe' }
  /** `wait`: at most so many minutes, until no session from another machine is left. */
  | { readonly name: 'secure-mode'; readonly to: 'on'; readonly wait: number }
  | { readonly name: 'secure-mode'; readonly to: 'allow' | 'forbid'; readonly address: string }
  | { readonly name: 'secure-mode'; readonly to: 'at-start'; readonly installed: boolean }
  | { readonly name: 'secure-mode'; readonly to: 'bind'; readonly layer: InstanceLayer }
  | { readonly name: 'secure-mode'; readonly to: 'take-probe'; readonly file: string };

export const secureModeOptions = { wait: { type: 'string' } } as const;

export interface SecureModeValues {
  readonly wait?: string | undefined;
}

const layers = ['everywhere', 'this-machine', 'tcp-off'] as const;
const mostMinutes = 600;

/** The command, or the sentence that says what is missing. `words` are those after `secure-mode`. */
export function readSecureModeCommand(
  [to, value, ...more]: readonly string[],
  { wait }: SecureModeValues,
): SecureModeCommand | string {
  const name = 'secure-mode';
  if (more.length > 0) return `"${more.join(' ')}" is too much.`;
  switch (to) {
    case 'on': {
      if (value !== undefined) return `"${name} on" takes nothing after it, not "${value}".`;
      const minutes = wait === undefined ? 0 : Number(wait);
      if (!(Number.isInteger(minutes) && minutes >= 0 && minutes <= mostMinutes))
        return `--wait takes a whole number of minutes from 0 to ${mostMinutes}, not "${wait}".`;
      return { name, to, wait: minutes };
    }
    case 'off':
    case 'status':
    case 'ask-probe':
      return value === undefined ? { name, to } : `"${name} ${to}" takes nothing after it, not "${value}".`;
    case 'allow':
    case 'forbid':
      return value === undefined ? `"${name} ${to}" wants an address or a range.` : { name, to, address: value };
    case 'at-start':
      if (value !== 'on' && value !== 'off') return `"${name} at-start" wants on or off.`;
      return { name, to, installed: value === 'on' };
    case 'bind': {
      const layer = layers.find((each) => each === value);
      return layer === undefined ? `"${name} bind" wants ${layers.join(', ')}.` : { name, to, layer };
    }
    case 'take-probe':
      return value === undefined ? `"${name} take-probe" wants the file with the answer.` : { name, to, file: value };
    default:
      return `"${name}" wants on, off, status, allow, forbid, at-start, bind, ask-probe or take-probe.`;
  }
}

/** Whether it changes the site; what another machine said is taken in, and changes nothing. */
export const changesNetwork = ({ to }: SecureModeCommand): boolean =>
  to !== 'status' && to !== 'ask-probe' && to !== 'take-probe';
