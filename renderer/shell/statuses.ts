import { assertNever } from '#shared/assert-never.ts';
import { CheckmarkLockRegular } from '@fluentui/react-icons/svg/checkmark-lock';
import { ClockLockRegular } from '@fluentui/react-icons/svg/clock-lock';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { LockOpenRegular } from '@fluentui/react-icons/svg/lock-open';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import { ShieldCheckmarkRegular } from '@fluentui/react-icons/svg/shield-checkmark';
import { ShieldDismissRegular } from '@fluentui/react-icons/svg/shield-dismiss';
import { ShieldErrorRegular } from '@fluentui/react-icons/svg/shield-error';
import { WarningLockOpenRegular } from '@fluentui/react-icons/svg/warning-lock-open';
import { WarningRegular } from '@fluentui/react-icons/svg/warning';
import { WrenchRegular } from '@fluentui/react-icons/svg/wrench';
import type { Reading } from '#shared/reading.ts';
import type { SecureMode } from '#shared/secure-mode.ts';
import type { Commissioning, Server } from '#shared/snapshot.ts';
import type { Text } from '../text/text.ts';
import type { Status } from './status-pill.tsx';

const unknown = (text: Text): Status => ({ tone: 'unknown', word: text.words.unknown, icon: QuestionCircleRegular });

/** Commissioning in a word. What could not be read is unknown, never off. */
export function commissioningStatus(reading: Reading<Commissioning>, text: Text): Status {
  if (reading.state === 'unknown') return unknown(text);
  const words = text.shell.commissioning;
  const { value } = reading;
  switch (value.state) {
    case 'not-prepared':
      return { tone: 'attention', word: words.notPrepared, icon: WarningRegular };
    case 'half-prepared':
      return { tone: 'danger', word: words.halfPrepared, icon: WarningRegular };
    case 'on':
      return { tone: 'attention', word: words.on, icon: WrenchRegular };
    case 'off':
      return value.drift.length > 0
        ? { tone: 'danger', word: words.offWithDrift(value.drift.length), icon: WarningRegular }
        : { tone: 'good', word: words.off, icon: LockClosedRegular };
    case 'rehearsing':
      return { tone: 'attention', word: words.rehearsing, icon: ClockLockRegular };
    case 'rehearsal-over':
      return { tone: 'attention', word: words.rehearsalOver, icon: WrenchRegular };
    case 'upgrading':
      return { tone: 'attention', word: words.upgrading, icon: WrenchRegular };
    case 'locked-by-time':
      return { tone: 'attention', word: words.lockedByTime, icon: ClockLockRegular };
    default:
      return assertNever(value);
  }
}

/** Secure mode in a word; "in force" only where nothing is left open. */
export function secureModeStatus({ verdict, drift }: SecureMode, text: Text): Status {
  const words = text.shell.secureMode;
  if (drift.length > 0) return { tone: 'danger', word: words.drifted, icon: ShieldErrorRegular };
  switch (verdict) {
    case 'in-force':
      return { tone: 'good', word: words.inForce, icon: ShieldCheckmarkRegular };
    case 'in-force-but':
      return { tone: 'attention', word: words.inForceBut, icon: ShieldErrorRegular };
    case 'not-in-force':
      return { tone: 'attention', word: words.notInForce, icon: ShieldDismissRegular };
    case 'unknown':
      return unknown(text);
    default:
      return assertNever(verdict);
  }
}

export function connectionStatus(reading: Reading<Server>, text: Text): Status {
  if (reading.state === 'unknown') return unknown(text);
  const words = text.shell.connection;
  const { encrypted, certificate } = reading.value.connection;
  if (!encrypted) return { tone: 'danger', word: words.notEncrypted, icon: WarningLockOpenRegular };
  switch (certificate) {
    case 'verified':
      return { tone: 'good', word: words.encryptedVerified, icon: CheckmarkLockRegular };
    case 'pinned':
      return { tone: 'good', word: words.encryptedPinned, icon: CheckmarkLockRegular };
    case 'not-verified':
      return { tone: 'attention', word: words.encryptedNotVerified, icon: LockOpenRegular };
    default:
      return assertNever(certificate);
  }
}
