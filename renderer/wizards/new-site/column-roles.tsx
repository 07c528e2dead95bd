import { Button, Radio, RadioGroup } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { Section } from '../../components/section.tsx';
import { useText } from '../../components/session-context.tsx';
import { ColumnInput, ColumnWithType } from './column-input.tsx';
import { DraftField, ToConfirm } from './draft-field.tsx';
import { useStepStyles } from './step-styles.ts';
import { useAssistant } from './use-assistant.ts';
import { useTableEdit } from './use-table-edit.ts';

const optional = ['displayName', 'address', 'model'] as const;

/** What each column means: guessed from names and types, confirmed one by one by a person. */
export function ColumnRoles() {
  const styles = useStepStyles();
  const editTable = useTableEdit();
  const { table } = useAssistant().draft;
  const { siteAssistant } = useText();
  const words = siteAssistant.table;
  return (
    <Section title={words.columns}>
      <p className={styles.quiet}>{words.columnsWhat}</p>
      <ColumnWithType
        field="controllerTable.key"
        label={words.key}
        hint={words.keyHint}
        typeLabel={words.keyType}
        value={table.key}
        onChange={(key) => editTable({ key }, 'controllerTable.key')}
      />
      <Identifying />
      <div className={styles.pair}>
        <DraftField label={words.serial} hint={words.serialHint} required field="controllerTable.serial">
          <ColumnInput value={table.serial} onChange={(serial) => editTable({ serial }, 'controllerTable.serial')} />
        </DraftField>
        {optional.map((role) => (
          <DraftField
            key={role}
            label={words[role]}
            hint={siteAssistant.confirm.optional}
            field={`controllerTable.${role}`}
          >
            <ColumnInput
              value={table[role]}
              onChange={(value) => editTable({ [role]: value }, `controllerTable.${role}`)}
            />
          </DraftField>
        ))}
        <DraftField label={words.lastSeen} hint={siteAssistant.confirm.optional} field="controllerTable.lastSeen">
          <ColumnInput
            value={table.lastSeen}
            onChange={(lastSeen) => editTable({ lastSeen }, 'controllerTable.lastSeen')}
          />
        </DraftField>
        {table.lastSeen === '' ? null : <TimeBase />}
      </div>
    </Section>
  );
}

function TimeBase() {
  const editTable = useTableEdit();
  const { table } = useAssistant().draft;
  const words = useText().siteAssistant.table;
  return (
    <DraftField
      label={words.timeBase}
      required
      field="controllerTable.lastSeen"
      path="controllerTable.lastSeen.timeBase"
      marked={false}
    >
      <RadioGroup
        layout="horizontal"
        value={table.timeBase}
        onChange={(_event, { value }) => {
          if (value === 'utc' || value === 'local') editTable({ timeBase: value }, 'controllerTable.lastSeen');
        }}
      >
        <Radio value="utc" label={words.utc} />
        <Radio value="local" label={words.local} />
      </RadioGroup>
    </DraftField>
  );
}

/** The most identifying columns that a profile may name. */
const mostIdentifying = 8;

function Identifying() {
  const styles = useStepStyles();
  const editTable = useTableEdit();
  const { identifying } = useAssistant().draft.table;
  const { siteAssistant } = useText();
  const words = siteAssistant.table;
  const shown = identifying.length === 0 ? [{ column: '', type: '' }] : identifying;
  return (
    <fieldset className={styles.bare} aria-label={words.identifying}>
      {shown.map((each, index) => (
        // Their order is all that tells them apart while they are empty.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles.row}>
          <div className={styles.grow}>
            <ColumnWithType
              field="controllerTable.identifying"
              path={`controllerTable.identifying.${index}`}
              label={words.identifyingName(index + 1)}
              {...(index === 0 ? { hint: words.identifyingHint } : {})}
              typeLabel={words.identifyingType(each.column === '' ? words.identifyingName(index + 1) : each.column)}
              value={each}
              marked={false}
              onChange={(column) =>
                editTable({ identifying: shown.with(index, column) }, 'controllerTable.identifying')
              }
            />
          </div>
          {shown.length > 1 ? (
            <Button
              onClick={() =>
                editTable({ identifying: shown.filter((_each, at) => at !== index) }, 'controllerTable.identifying')
              }
            >
              {words.remove(each.column === '' ? words.identifyingName(index + 1) : each.column)}
            </Button>
          ) : null}
        </div>
      ))}
      <ToConfirm field="controllerTable.identifying" label={words.identifying} />
      <div>
        <Button
          size="small"
          icon={<AddRegular />}
          disabledFocusable={shown.length >= mostIdentifying}
          onClick={() =>
            editTable({ identifying: [...shown, { column: '', type: '' }] }, 'controllerTable.identifying')
          }
        >
          {words.addIdentifying}
        </Button>
      </div>
    </fieldset>
  );
}
