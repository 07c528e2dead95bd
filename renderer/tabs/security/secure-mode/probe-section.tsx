import { GlobeSearchRegular } from '@fluentui/react-icons/svg/globe-search';
import { portWords } from '#shared/port-words.ts';
import type { ProbedListener, SecureMode } from '#shared/secure-mode.ts';
import { wasReached } from '#shared/was-reached.ts';
import { FactList } from '../../../components/fact-list.tsx';
import { Moment } from '../../../components/moment.tsx';
import { Section } from '../../../components/section.tsx';
import { useSession, useSnapshot, useText } from '../../../components/session-context.tsx';
import { Tag } from '../../../components/tag.tsx';
import { AskAnew } from './ask-anew.tsx';
import { CarriedProbe } from './carried-probe.tsx';

/** What another machine sees. A connection from this machine to itself would prove nothing. */
export function ProbeSection() {
  const { probe: words } = useText().security;
  const { secureMode } = useSnapshot();
  return (
    <Section title={words.title}>
      <ProbeResult probe={secureMode.probe} />
      {secureMode.canProbe ? <DirectProbe /> : <CarriedProbe />}
    </Section>
  );
}

function DirectProbe() {
  const { client } = useSession();
  const { probe: words } = useText().security;
  return (
    <AskAnew
      icon={<GlobeSearchRegular />}
      label={words.button}
      ask={async () => await client.secureMode.probe({})}
      asking={words.running}
      done={words.done}
    />
  );
}

function ProbeResult({ probe }: { readonly probe: SecureMode['probe'] }) {
  const { probe: words } = useText().security;
  if (probe.state === 'not-probed') {
    return (
      <p>
        <Tag tone="unknown">{words.not}</Tag>
      </p>
    );
  }
  const say = (seen: ProbedListener) =>
    `${portWords(seen)}${seen.version === null ? '' : ` (${words.version(seen.version)})`}`;
  const reached = probe.seen.filter(wasReached).map(say);
  const refused = probe.seen.filter(({ saw }) => saw === 'refused' || saw === 'filtered').map(say);
  return (
    <FactList
      facts={[
        [words.from, probe.by === 'engineer' ? `${probe.from} (${words.statedBy})` : probe.from],
        [words.at, <Moment key="at" at={probe.at} />],
        [
          words.reached,
          <Tag key="reached" tone={reached.length > 0 ? 'danger' : 'good'}>
            {reached.length > 0 ? reached.join(', ') : words.nothingReached}
          </Tag>,
        ],
        [words.refused, refused.length > 0 ? refused.join(', ') : words.nothingRefused],
        ...(probe.untried.length > 0 ? [[words.untried, probe.untried.join(' ')] as const] : []),
      ]}
    />
  );
}
