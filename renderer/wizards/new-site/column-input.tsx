import { Input, Select } from '@fluentui/react-components';
import { useText } from '../../components/session-context.tsx';
import { knownColumns } from '../../store/assistant-asking.ts';
import type { DraftFieldPath } from '../../store/draft-fields.ts';
import type { DraftColumn } from '../../store/site-draft.ts';
import { DraftField } from './draft-field.tsx';
import { useStepStyles } from './step-styles.ts';
import { useAssistant } from './use-assistant.ts';

interface ColumnInputProps {
  readonly value: string;
  readonly onChange: (column: string) => void;
}

/** A column: chosen where the server told the table's columns, else typed. Takes what a Field gives its control. */
export function ColumnInput({ value, onChange, ...given }: ColumnInputProps) {
  const { confirm } = useText().siteAssistant;
  const columns = knownColumns(useAssistant());
  if (columns === null) {
    return (
      <Input
        {...given}
        value={value}
        maxLength={128}
        autoComplete="off"
        spellCheck={false}
        onChange={(_event, { value: typed }) => onChange(typed)}
      />
    );
  }
  const isKnown = value === '' || columns.some(({ name }) => name === value);
  return (
    <Select {...given} value={value} onChange={(_event, { value: chosen }) => onChange(chosen)}>
      <option value="">{confirm.notThere}</option>
      {isKnown ? null : <option value={value}>{value}</option>}
      {columns.map(({ name, type }) => (
        <option key={name} value={name}>
          {name} ({type})
        </option>
      ))}
    </Select>
  );
}

interface ColumnWithTypeProps {
  readonly field: DraftFieldPath;
  readonly path?: string;
  readonly label: string;
  readonly hint?: string;
  readonly typeLabel: string;
  readonly value: DraftColumn;
  /** Whether the mark of a guess stands here. */
  readonly marked?: boolean;
  readonly onChange: (column: DraftColumn) => void;
}

/** A column whose type the register needs; the type comes with the column where the server told it. */
export function ColumnWithType(props: ColumnWithTypeProps) {
  const { field, path = field, label, hint, typeLabel, value, marked = true, onChange } = props;
  const styles = useStepStyles();
  const words = useText().siteAssistant.table;
  const columns = knownColumns(useAssistant());
  const choose = (column: string) =>
    onChange({
      column,
      type: columns?.find(({ name }) => name === column)?.type ?? (columns === null ? value.type : ''),
    });
  return (
    <div className={styles.pair}>
      <DraftField
        label={label}
        {...(hint === undefined ? {} : { hint })}
        required
        field={field}
        path={path}
        marked={marked}
      >
        <ColumnInput value={value.column} onChange={choose} />
      </DraftField>
      {columns === null ? (
        <DraftField label={typeLabel} hint={words.typeHint} required field={field} path={`${path}.type`} marked={false}>
          <Input
            value={value.type}
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            onChange={(_event, { value: type }) => onChange({ ...value, type })}
          />
        </DraftField>
      ) : null}
    </div>
  );
}
