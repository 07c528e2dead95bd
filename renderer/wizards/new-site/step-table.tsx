import { Checkbox, Input, Textarea } from '@fluentui/react-components';
import { Section } from '../../components/section.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { edit } from '../../store/assistant.ts';
import { CandidateChoice } from './candidate-choice.tsx';
import { Choice } from '../../components/choice.tsx';
import { ColumnRoles } from './column-roles.tsx';
import { DraftField } from './draft-field.tsx';
import { useStepStyles } from './step-styles.ts';
import { useAssistant } from './use-assistant.ts';
import { useTableEdit } from './use-table-edit.ts';

/** Which table holds the controllers, what its columns mean, and how its heartbeat is judged. */
export function StepTable() {
  const styles = useStepStyles();
  const session = useSession();
  const editTable = useTableEdit();
  const { table } = useAssistant().draft;
  const { siteAssistant } = useText();
  const words = siteAssistant.table;
  const name = (field: 'schema' | 'table', label: string) => (
    <DraftField label={label} required field={`controllerTable.${field}`}>
      <Input
        value={table[field]}
        maxLength={128}
        autoComplete="off"
        spellCheck={false}
        onChange={(_event, { value }) => editTable({ [field]: value }, `controllerTable.${field}`)}
      />
    </DraftField>
  );
  return (
    <div className={styles.step}>
      <Section title={siteAssistant.steps.table}>
        <p>{words.what}</p>
        <CandidateChoice />
        <div className={styles.pair}>
          {name('schema', words.schema)}
          {name('table', words.name)}
        </div>
      </Section>
      <ColumnRoles />
      <Section title={words.heartbeatTitle}>
        <div className={styles.fields}>
          <DraftField
            label={words.heartbeat}
            hint={words.heartbeatHint}
            required
            field="controllerTable.heartbeatSeconds"
          >
            <Input
              value={table.heartbeatSeconds}
              inputMode="numeric"
              autoComplete="off"
              onChange={(_event, { value }) =>
                editTable({ heartbeatSeconds: value }, 'controllerTable.heartbeatSeconds')
              }
            />
          </DraftField>
          <DraftField label={words.unsupported} hint={words.unsupportedHint} field="controllerTable.unsupportedModels">
            <Textarea
              key={session.store.getState().assistant?.template ?? ''}
              defaultValue={table.unsupportedModels.join('\n')}
              rows={3}
              resize="vertical"
              spellCheck={false}
              onChange={(_event, { value }) =>
                editTable({ unsupportedModels: linesOf(value) }, 'controllerTable.unsupportedModels')
              }
            />
          </DraftField>
          <DraftField label={words.guardTitle} field="controllerTable.guardUpdates">
            <Checkbox
              checked={table.guardUpdates}
              label={{ children: <Choice title={words.guardUpdates} hint={words.guardUpdatesHint} /> }}
              onChange={(_event, { checked }) =>
                edit(session, { table: { ...table, guardUpdates: checked === true } }, 'controllerTable.guardUpdates')
              }
            />
          </DraftField>
        </div>
      </Section>
    </div>
  );
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
