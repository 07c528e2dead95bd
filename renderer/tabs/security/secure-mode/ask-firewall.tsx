import { ShieldQuestionRegular } from '@fluentui/react-icons/svg/shield-question';
import { useSession, useText } from '../../../components/session-context.tsx';
import { AskAnew } from './ask-anew.tsx';

/** Where a glance leaves a doubt: the firewall's own word, which takes long or needs rights, and is asked for by a person only. */
export function AskFirewall() {
  const { client } = useSession();
  const { secureMode: words } = useText().security;
  return (
    <AskAnew
      icon={<ShieldQuestionRegular />}
      label={words.ask}
      ask={async () => await client.secureMode.read({})}
      asking={words.asking}
      done={words.asked}
    />
  );
}
