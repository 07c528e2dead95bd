import { makeStyles } from '@fluentui/react-components';
import { AddCircleRegular } from '@fluentui/react-icons/svg/add-circle';
import { ArrowSwapRegular } from '@fluentui/react-icons/svg/arrow-swap';
import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle';
import { CircleRegular } from '@fluentui/react-icons/svg/circle';
import { ProhibitedRegular } from '@fluentui/react-icons/svg/prohibited';
import { SubtractCircleRegular } from '@fluentui/react-icons/svg/subtract-circle';
import { WeatherMoonRegular } from '@fluentui/react-icons/svg/weather-moon';
import type { Controller } from '#shared/snapshot.ts';
import { useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import type { Icon, Tone } from '../../components/tone.tsx';

const useStyles = makeStyles({ tags: { display: 'flex', flexWrap: 'wrap', gap: '4px' } });

const looks: { readonly [S in Controller['state']]: { readonly tone: Tone; readonly icon: Icon } } = {
  bound: { tone: 'good', icon: CheckmarkCircleRegular },
  new: { tone: 'attention', icon: AddCircleRegular },
  changed: { tone: 'danger', icon: ArrowSwapRegular },
  missing: { tone: 'danger', icon: SubtractCircleRegular },
  unregistered: { tone: 'neutral', icon: CircleRegular },
};

/** The states of a controller in words: its registration, and what comes on top. Asleep is not missing. */
export function ControllerTags({ controller }: { readonly controller: Controller }) {
  const styles = useStyles();
  const { controllers: words } = useText();
  const { tone, icon } = looks[controller.state];
  return (
    <span className={styles.tags}>
      <Tag tone={tone} icon={icon}>
        {words.states[controller.state]}
      </Tag>
      {controller.asleep ? (
        <Tag tone="neutral" icon={WeatherMoonRegular}>
          {words.asleep}
        </Tag>
      ) : null}
      {controller.supported ? null : (
        <Tag tone="attention" icon={ProhibitedRegular}>
          {words.unsupportedShort}
        </Tag>
      )}
    </span>
  );
}
