import type { SecureMode } from '#shared/secure-mode.ts';
import { PermittedButton } from '../../../components/permitted-button.tsx';
import { ReadingView } from '../../../components/reading-view.tsx';
import { Section } from '../../../components/section.tsx';
import { useSnapshot, useText } from '../../../components/session-context.tsx';
import { Tag } from '../../../components/tag.tsx';
import type { Tone } from '../../../components/tone.tsx';
import { useTabStyles } from '../../use-tab-styles.ts';

type AtStartState = Extract<SecureMode['atStart'], { readonly state: 'known' }>['value'];
type InstanceState = Extract<SecureMode['instance'], { readonly state: 'known' }>['value'];

const atStartTones: { readonly [S in AtStartState]: Tone } = {
  installed: 'good',
  outdated: 'attention',
  'not-installed': 'attention',
  'not-needed': 'good',
};

/** What holds besides the rules: the next start of the machine, and SQL Server's own setting of where it listens. */
export function LayersSection() {
  const { layers: words } = useText().security;
  const { secureMode } = useSnapshot();
  const tab = useTabStyles();
  return (
    <Section title={words.title}>
      <h3 className={tab.heading}>{words.atStart}</h3>
      <ReadingView reading={secureMode.atStart}>{(state) => <AtStart state={state} />}</ReadingView>
      <h3 className={tab.heading}>{words.instance}</h3>
      <ReadingView reading={secureMode.instance}>
        {(state) => <Instance state={state} layers={secureMode.layers} />}
      </ReadingView>
    </Section>
  );
}

function AtStart({ state }: { readonly state: AtStartState }) {
  const { layers: words } = useText().security;
  const tab = useTabStyles();
  return (
    <>
      <p>
        <Tag tone={atStartTones[state]}>{words.atStartStates[state]}</Tag>
      </p>
      {state === 'not-needed' ? null : (
        <div className={tab.buttons}>
          {state === 'installed' ? null : (
            <PermittedButton request={{ change: 'secureMode.atStart', installed: true }}>
              {state === 'outdated' ? words.renew : words.install}
            </PermittedButton>
          )}
          {state === 'not-installed' ? null : (
            <PermittedButton request={{ change: 'secureMode.atStart', installed: false }}>
              {words.uninstall}
            </PermittedButton>
          )}
        </div>
      )}
    </>
  );
}

function Instance({ state, layers }: { readonly state: InstanceState; readonly layers: SecureMode['layers'] }) {
  const { layers: words } = useText().security;
  const tab = useTabStyles();
  const others = [...(state === 'everywhere' ? [] : (['everywhere'] as const)), ...layers].filter(
    (layer) => layer !== state,
  );
  return (
    <>
      <p>
        <Tag tone={state === 'everywhere' ? 'neutral' : 'good'}>{words.instanceStates[state]}</Tag>
      </p>
      {layers.length === 0 ? null : (
        <>
          <p className={tab.quiet}>{words.instanceWhy}</p>
          <div className={tab.buttons}>
            {others.map((layer) => (
              <PermittedButton key={layer} request={{ change: 'secureMode.bindInstance', layer }}>
                {words.bind[layer]}
              </PermittedButton>
            ))}
          </div>
        </>
      )}
    </>
  );
}
