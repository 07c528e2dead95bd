import { Checkbox } from '@fluentui/react-components';
import { KeyRegular } from '@fluentui/react-icons/svg/key';
import { useState } from 'react';
import { Choice } from '../../components/choice.tsx';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { useText } from '../../components/session-context.tsx';
import { useTabStyles } from '../use-tab-styles.ts';

/** Creates Mortise's own login. The right over other logins is a choice of its own, which says what it opens. */
export function CreateRunLogin() {
  const styles = useTabStyles();
  const { database: words } = useText();
  const [mayChangeLogins, setMayChangeLogins] = useState(false);
  return (
    <div className={styles.stack}>
      <Checkbox
        checked={mayChangeLogins}
        label={{ children: <Choice title={words.mayChangeLogins} hint={words.mayChangeLoginsMeans} /> }}
        onChange={(_event, { checked }) => setMayChangeLogins(checked === true)}
      />
      <PermittedButton icon={<KeyRegular />} request={{ change: 'site.createRunLogin', mayChangeLogins }}>
        {words.createLogin}
      </PermittedButton>
    </div>
  );
}
