import { Button, Field, SearchBox, Select, makeStyles } from '@fluentui/react-components';
import { useText } from '../../components/session-context.tsx';
import type { Text } from '../../text/text.ts';
import { controllerChoices } from './use-controller-filter.ts';
import type { ControllerChoice, ControllerFilterState } from './use-controller-filter.ts';

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  words: { flex: '1 1 220px', maxWidth: '360px', '& > *': { maxWidth: '100%' } },
});

const choiceText = ({ controllers }: Text, choice: ControllerChoice): string => {
  switch (choice) {
    case 'all':
    case 'attention':
    case 'asleep':
      return controllers[choice];
    case 'unsupported':
      return controllers.unsupportedShort;
    default:
      return controllers.states[choice];
  }
};

/** Narrows the table down by words and by state. */
export function ControllerFilter({ filter }: { readonly filter: ControllerFilterState }) {
  const styles = useStyles();
  const text = useText();
  const { controllers } = text;
  const active = filter.words !== '' || filter.choice !== 'all';
  return (
    <div className={styles.line}>
      <Field className={styles.words} label={controllers.filter} size="small">
        <SearchBox
          size="small"
          placeholder={controllers.filterHint}
          value={filter.words}
          onChange={(_event, { value }) => filter.setWords(value)}
        />
      </Field>
      <Field label={controllers.show} size="small">
        <Select
          size="small"
          value={filter.choice}
          onChange={(_event, { value }) => {
            const choice = controllerChoices.find((one) => one === value);
            if (choice) filter.setChoice(choice);
          }}
        >
          {controllerChoices.map((choice) => (
            <option key={choice} value={choice}>
              {choiceText(text, choice)}
            </option>
          ))}
        </Select>
      </Field>
      {active ? (
        <Button
          size="small"
          appearance="subtle"
          onClick={() => {
            filter.setWords('');
            filter.setChoice('all');
          }}
        >
          {controllers.clear}
        </Button>
      ) : null}
    </div>
  );
}
