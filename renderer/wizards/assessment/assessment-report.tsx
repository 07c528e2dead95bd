import { Button, makeStyles } from '@fluentui/react-components';
import type { Assessment, Finding } from '#shared/assessment.ts';
import { DocumentSave } from '../../components/document-save.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { Section } from '../../components/section.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { assessAgain } from '../../store/assessing.ts';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';
import { FindingView } from './finding-view.tsx';
import { areasInOrder, countBySeverity, openAreas } from './findings-order.ts';
import { NextStep } from './next-step.tsx';
import { SeverityTag } from './severity-tag.tsx';
import { VerdictCards } from './verdict-cards.tsx';

const useStyles = makeStyles({
  counts: { display: 'flex', flexWrap: 'wrap', gap: '6px' },
  findings: { display: 'flex', flexDirection: 'column', gap: '10px' },
  good: { '& ul': { marginBlockStart: '10px' } },
});

/** The report: verdicts, what next, what was found by area with the worst first, and saving it. */
export function AssessmentReport({ report }: { readonly report: Assessment }) {
  const styles = useStyles();
  const tab = useTabStyles();
  const session = useSession();
  const { assessment: words } = useText();
  const inOrder = areasInOrder(report.findings);
  return (
    <>
      <p className={tab.quiet}>
        {words.takenAt} <Moment at={report.takenAt} />, {words.asWhomRead(report.as)}. {words.readOnly}
      </p>
      <section aria-label={words.verdicts}>
        <VerdictCards verdicts={report.verdicts} />
      </section>
      <div className={styles.counts}>
        {countBySeverity(report.findings).map(([severity, count]) => (
          <SeverityTag key={severity} severity={severity} count={count} />
        ))}
      </div>
      <NextStep report={report} />
      {report.findings.length === 0 ? <p>{words.noFindings}</p> : null}
      {openAreas(report.findings).map(({ area, findings }) => (
        <Section key={area} title={words.areas[area]}>
          <FindingList findings={findings} />
        </Section>
      ))}
      {inOrder.length === 0 ? null : (
        <Section title={words.inOrder}>
          <FindingList findings={inOrder} />
        </Section>
      )}
      <Section title={words.report}>
        <FactList
          facts={[
            [words.takenAt, <Moment key="taken" at={report.takenAt} />],
            [words.as, report.as],
            [words.site, report.site.name],
            [words.server, report.site.endpoint],
            [words.database, report.site.database],
            [words.controllerTable, report.site.controllerTable],
          ]}
        />
        <DocumentSave label={words.save} save={(format) => session.client.assessment.save({ format })} />
        <div>
          <Button onClick={() => assessAgain(session)}>{words.again}</Button>
        </div>
      </Section>
    </>
  );
}

/** What is to be known or done stands open; what is in order is folded away, and counted. */
function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  const styles = useStyles();
  const { assessment: words } = useText();
  const open = findings.filter(({ severity }) => severity !== 'good');
  const good = findings.filter(({ severity }) => severity === 'good');
  return (
    <>
      {open.length === 0 ? null : <Findings findings={open} />}
      {good.length === 0 ? null : (
        <details className={styles.good}>
          <summary>{words.counts.good(good.length)}</summary>
          <Findings findings={good} />
        </details>
      )}
    </>
  );
}

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.findings}>
      {findings.map((finding) => (
        <FindingView key={finding.id} finding={finding} />
      ))}
    </ul>
  );
}
