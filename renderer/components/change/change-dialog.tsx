import {
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
  shorthands,
  useFocusFinders,
} from '@fluentui/react-components';
import { useId } from 'react';
import { isInDialog } from '../../store/change-flow.ts';
import type { ChangeFlow } from '../../store/change-flow.ts';
import { putAway } from '../../store/change-steps.ts';
import { useScreen, useSession, useText } from '../session-context.tsx';
import { LiveLine } from '../live-line.tsx';
import { announcement } from './announcement.ts';
import { ChangeActions } from './change-actions.tsx';
import { ChangeBody } from './change-body.tsx';
import { useFocusReturn } from './use-focus-return.ts';
import { useProgress } from './use-progress.ts';
import { useQuietFocus } from './use-quiet-focus.ts';

/** The smallest window with its text doubled has 320 px. */
const low = '@media (max-height: 480px)';

const useStyles = makeStyles({
  surface: { maxWidth: 'min(880px, calc(100vw - 32px))', [low]: { ...shorthands.padding('12px') } },
  asking: { maxWidth: 'min(560px, calc(100vw - 32px))' },
  // Fluent lets the whole surface scroll where there is little height; here the buttons stay in sight.
  body: { [low]: { maxHeight: 'calc(100vh - 26px)', rowGap: '4px' } },
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    minHeight: 0,
    [low]: { overflowY: 'auto' },
  },
  actions: { display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', gap: '8px', width: '100%' },
});

/** The one dialog for every change: ask, show the plan, apply, follow, judge. Opens whenever a change begins. */
export function ChangeDialog() {
  // Keeps Fluent's focus management alive when the dialog goes. Where the dialog is its only user, as on the lockdown's
  // screen, it would go with it, and leave the page hidden from screen readers for good.
  useFocusFinders();
  const flow = useScreen((state) => state.change);
  const shown = isInDialog(flow);
  useFocusReturn(shown);
  return shown ? <OpenChange flow={flow} /> : null;
}

function OpenChange({ flow }: { readonly flow: ChangeFlow }) {
  const styles = useStyles();
  const session = useSession();
  const text = useText();
  const { changes } = text;
  const progress = useProgress(flow.request.change);
  const formId = useId();
  const actions = useQuietFocus(flow.phase.name);
  return (
    <Dialog
      open
      onOpenChange={(_event, { type }) => {
        // A click beside the dialog would lose what was typed, so only Escape and the buttons close it.
        if (type === 'escapeKeyDown') putAway(session);
      }}
    >
      <DialogSurface className={mergeClasses(styles.surface, flow.phase.name === 'asking' && styles.asking)}>
        <DialogBody className={styles.body}>
          <DialogTitle>
            {'plan' in flow.phase ? flow.phase.plan.title : changes.titles[flow.request.change]}
          </DialogTitle>
          <DialogContent className={styles.content}>
            <LiveLine>{announcement(flow, progress, text)}</LiveLine>
            <ChangeBody flow={flow} formId={formId} />
          </DialogContent>
          <DialogActions fluid>
            <div ref={actions} className={styles.actions}>
              <ChangeActions flow={flow} formId={formId} />
            </div>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
