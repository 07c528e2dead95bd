import { Button } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { useId, useState } from 'react';
import type { SiteEntry } from '#shared/sites.ts';
import { FailureMessage } from '../../components/failure-message.tsx';
import { useWhyNot } from '../../components/permitted-button.tsx';
import { useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import { answerOf, notAsked } from '../../store/asked.ts';
import type { Asked } from '../../store/asked.ts';
import { editSite } from '../../store/assistant.ts';
import { answered } from '../../store/session.ts';
import { useTabStyles } from '../use-tab-styles.ts';

/** Opens the assistant on the profile of this site, as the library holds it now. */
export function EditProfile() {
  const styles = useTabStyles();
  const session = useSession();
  const { database: words, words: common } = useText();
  const { site } = useSnapshot();
  const id = useId();
  const forbidden = useWhyNot('sites.save');
  const [asked, setAsked] = useState<Asked<readonly SiteEntry[]>>(notAsked);
  const why = site.id === null ? words.noProfile[site.kind] : forbidden;
  const edit = async () => {
    setAsked({ state: 'asking' });
    const library = answerOf(await answered(session.client.sites.list({})));
    setAsked(library);
    const kept = library.state === 'answered' ? library.value.find((entry) => entry.id === site.id) : undefined;
    if (kept?.profile) editSite(session, kept.id, kept.profile, 'server');
  };
  return (
    <div className={styles.stack}>
      <div>
        <Button
          icon={<EditRegular />}
          disabledFocusable={why !== null || asked.state === 'asking'}
          {...(why === null ? {} : { 'aria-describedby': id })}
          onClick={() => {
            if (why === null) void edit();
          }}
        >
          {words.editProfile}
        </Button>
      </div>
      {why === null ? null : (
        <span id={id} className={styles.quiet}>
          {common.notAllowedNow} {why}
        </span>
      )}
      {asked.state === 'failed' ? <FailureMessage failure={asked.failure} /> : null}
      {asked.state === 'answered' ? <p role="alert">{words.profileGone}</p> : null}
    </div>
  );
}
