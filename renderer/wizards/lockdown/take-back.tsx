import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { PermittedButton, useWhyNot } from '../../components/permitted-button.tsx';
import { useText } from '../../components/session-context.tsx';

/** Takes a finished lockdown back; not shown where there is nothing that main would take back. */
export function TakeBack() {
  const { lockdown } = useText();
  const why = useWhyNot('lockdown.undo');
  if (why !== null) return null;
  return (
    <PermittedButton request={{ change: 'lockdown.undo' }} icon={<ArrowUndoRegular />}>
      {lockdown.undoAll}
    </PermittedButton>
  );
}
