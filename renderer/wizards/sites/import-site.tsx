import { Button } from '@fluentui/react-components';
import { FolderOpenRegular } from '@fluentui/react-icons/svg/folder-open';
import { useState } from 'react';
import type { ProfileFault } from '#shared/site-profile.ts';
import { Callout } from '../../components/callout.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { FaultList } from '../../components/fault-list.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { notAsked } from '../../store/asked.ts';
import type { Asked } from '../../store/asked.ts';
import { editSite } from '../../store/assistant.ts';
import { answered } from '../../store/session.ts';

interface BadFile {
  readonly path: string;
  readonly faults: readonly ProfileFault[];
}

/** Reads a profile from a file that main lets the person choose. A whole one is looked over before it is kept. */
export function ImportSite() {
  const session = useSession();
  const { sites } = useText();
  const [asked, setAsked] = useState<Asked<BadFile | null>>(notAsked);
  const choose = async () => {
    setAsked({ state: 'asking' });
    const answer = await answered(session.client.sites.chooseFile({}));
    if (!answer.ok) {
      setAsked({ state: 'failed', failure: answer.error });
      return;
    }
    const { path, profile, faults } = answer.value;
    if (profile !== null) editSite(session, null, profile, 'review');
    else setAsked({ state: 'answered', value: path === null ? null : { path, faults } });
  };
  return (
    <>
      <Button icon={<FolderOpenRegular />} disabledFocusable={asked.state === 'asking'} onClick={() => void choose()}>
        {sites.importFile}
      </Button>
      {asked.state === 'failed' ? <FailureMessage failure={asked.failure} /> : null}
      {asked.state === 'answered' && asked.value !== null ? (
        <Callout tone="danger" live="alert" title={sites.fileFaults(asked.value.path)} next={sites.fileFaultsNext}>
          <FaultList faults={asked.value.faults} />
        </Callout>
      ) : null}
    </>
  );
}
