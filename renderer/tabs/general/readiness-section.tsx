import { makeStyles } from '@fluentui/react-components';
import type { Controllers } from '#shared/snapshot.ts';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { useTabStyles } from '../use-tab-styles.ts';

const useStyles = makeStyles({
  models: {
    display: 'grid',
    gridTemplateColumns: 'minmax(90px, max-content) minmax(0, 1fr)',
    gap: '4px 16px',
    overflowWrap: 'anywhere',
  },
});

/** What stands in the way of the next version. */
export function ReadinessSection() {
  const { general } = useText();
  const { controllers } = useSnapshot();
  return (
    <Section title={general.readiness.title}>
      <ReadingView reading={controllers}>{(value) => <Readiness controllers={value} />}</ReadingView>
    </Section>
  );
}

function Readiness({ controllers }: { readonly controllers: Controllers }) {
  const styles = useStyles();
  const tab = useTabStyles();
  const { readiness } = useText().general;
  if (controllers.unsupported === 0) {
    return (
      <p>
        <Tag tone="good">{readiness.allSupported}</Tag>
      </p>
    );
  }
  const listed = controllers.listed.filter((controller) => !controller.supported);
  const models = [...new Set(listed.map((controller) => controller.model))];
  const notListed = controllers.unsupported - listed.length;
  return (
    <>
      <p>
        <Tag tone="attention">{readiness.unsupported(controllers.unsupported)}</Tag>
      </p>
      <dl className={styles.models}>
        {models.map((model) => (
          <ModelLine
            key={model}
            model={model}
            names={listed
              .filter((controller) => controller.model === model)
              .map(({ name }) => name)
              .join(', ')}
          />
        ))}
      </dl>
      {notListed > 0 ? <p className={tab.quiet}>{readiness.notListed(notListed)}</p> : null}
    </>
  );
}

function ModelLine({ model, names }: { readonly model: string; readonly names: string }) {
  return (
    <>
      <dt>{model}</dt>
      <dd>{names}</dd>
    </>
  );
}
