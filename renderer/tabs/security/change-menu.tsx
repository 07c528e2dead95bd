import {
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { ButtonProps } from '@fluentui/react-components';
import { useRef } from 'react';
import { useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import type { ChangeRequest } from '../../store/change-request.ts';
import { beginChange } from '../../store/change-steps.ts';

const useStyles = makeStyles({
  popover: { maxWidth: 'min(380px, calc(100vw - 24px))' },
  means: { color: tokens.colorNeutralForeground2, whiteSpace: 'normal' },
});

export interface MenuChange {
  readonly request: ChangeRequest;
  readonly title: string;
  readonly means: string;
}

interface ChangeMenuProps {
  readonly label: string;
  readonly size?: NonNullable<ButtonProps['size']>;
  readonly changes: readonly MenuChange[];
}

/** Changes that are seldom needed, each with what it means; one that main does not allow says why in that place. */
export function ChangeMenu({ label, size = 'medium', changes }: ChangeMenuProps) {
  const styles = useStyles();
  const session = useSession();
  const { rotation, words } = useText();
  const { permissions } = useSnapshot();
  const holder = useRef<HTMLSpanElement>(null);
  const begin = (request: ChangeRequest) => {
    // The item goes with its menu: when the dialog closes, the focus comes back to here.
    holder.current?.querySelector('button')?.focus();
    void beginChange(session, request);
  };
  return (
    <span ref={holder}>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <MenuButton size={size} aria-label={label}>
            {rotation.more}
          </MenuButton>
        </MenuTrigger>
        <MenuPopover className={styles.popover}>
          <MenuList>
            {changes.map(({ request, title, means }) => {
              const permission = permissions[request.change];
              return (
                <MenuItem
                  key={request.change}
                  disabled={!permission.allowed}
                  onClick={() => begin(request)}
                  subText={{
                    className: styles.means,
                    children: permission.allowed ? means : `${words.notAllowedNow} ${permission.why}`,
                  }}
                >
                  {title}
                </MenuItem>
              );
            })}
          </MenuList>
        </MenuPopover>
      </Menu>
    </span>
  );
}
