import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useText } from '../../components/session-context.tsx';

interface LeaveDialogProps {
  readonly open: boolean;
  readonly onStay: () => void;
  readonly onLeave: (how: 'keep' | 'forget') => void;
}

/** Asks before anything that was typed is lost. Staying comes first and is what Enter and Escape do. */
export function LeaveDialog({ open, onStay, onLeave }: LeaveDialogProps) {
  const { leave } = useText().siteAssistant;
  return (
    <Dialog
      open={open}
      modalType="alert"
      onOpenChange={(_event, { open: stays }) => {
        if (!stays) onStay();
      }}
    >
      <DialogSurface onKeyDown={(event) => void (event.key === 'Escape' && stay(event, onStay))}>
        <DialogBody>
          <DialogTitle>{leave.title}</DialogTitle>
          <DialogContent>{leave.what}</DialogContent>
          <DialogActions fluid>
            <Button appearance="primary" onClick={onStay}>
              {leave.stay}
            </Button>
            <Button onClick={() => onLeave('keep')}>{leave.keep}</Button>
            <Button onClick={() => onLeave('forget')}>{leave.forget}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function stay(event: React.KeyboardEvent, onStay: () => void): void {
  event.preventDefault();
  onStay();
}
