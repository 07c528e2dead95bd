import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle';
import { ErrorCircleRegular } from '@fluentui/react-icons/svg/error-circle';
import { InfoRegular } from '@fluentui/react-icons/svg/info';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import { WarningRegular } from '@fluentui/react-icons/svg/warning';
import type { ComponentType } from 'react';

/** How a fact stands: never carried by colour alone, each has its own icon and stands beside words. */
export type Tone = 'good' | 'attention' | 'danger' | 'unknown' | 'neutral';

export type Icon = ComponentType<{ 'aria-hidden'?: boolean }>;

export const toneIcons: { readonly [T in Tone]: Icon } = {
  good: CheckmarkCircleRegular,
  attention: WarningRegular,
  danger: ErrorCircleRegular,
  unknown: QuestionCircleRegular,
  neutral: InfoRegular,
};
