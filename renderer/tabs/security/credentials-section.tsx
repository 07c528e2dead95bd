import { Button } from '@fluentui/react-components';
import { useId, useMemo } from 'react';
import { DataTable } from '../../components/data-table.tsx';
import { useWhyNot } from '../../components/permitted-button.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useScreen, useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import { openRotation } from '../../store/rotating.ts';
import { useTabStyles } from '../use-tab-styles.ts';
import { ChangeMenu } from './change-menu.tsx';
import { credentialColumns } from './credential-columns.tsx';
import { VerificationPanel } from './verification-panel.tsx';

/** The site's logins: how old their passwords are, what is wrong with them, who uses them, and their rotation. */
export function CredentialsSection() {
  const styles = useTabStyles();
  const text = useText();
  const { credentials: words } = text.security;
  const { logins } = useSnapshot();
  const verifications = useScreen((state) => state.verifications);
  const columns = useMemo(() => credentialColumns(text), [text]);
  return (
    <Section title={words.title} aside={<SectionActions />}>
      <ReadingView reading={logins}>
        {(all) =>
          all.length === 0 ? (
            <p className={styles.quiet}>{words.none}</p>
          ) : (
            <DataTable label={words.table} columns={columns} rows={all} rowKey={({ name }) => name} />
          )
        }
      </ReadingView>
      {Object.entries(verifications).map(([login, asked]) => (
        <VerificationPanel key={login} login={login} asked={asked} />
      ))}
    </Section>
  );
}

/** What is done for more than one login, or for none of the table. */
function SectionActions() {
  const session = useSession();
  const { rotation, words } = useText();
  const why = useWhyNot('rotation.rotateMany');
  const id = useId();
  const { actions } = rotation;
  return (
    <>
      {why === null ? null : (
        <span id={id}>
          {words.notAllowedNow} {why}
        </span>
      )}
      <Button
        disabledFocusable={why !== null}
        onClick={() => openRotation(session)}
        {...(why === null ? {} : { 'aria-describedby': id })}
      >
        {rotation.several}
      </Button>
      <ChangeMenu
        label={rotation.moreOfAll}
        changes={[
          { request: { change: 'rotation.changeOwn' }, ...actions.changeOwn },
          { request: { change: 'recoveryKit.export' }, ...actions.exportKit },
          { request: { change: 'recoveryKit.import' }, ...actions.importKit },
        ]}
      />
    </>
  );
}
