import { makeStyles, tokens } from '@fluentui/react-components';
import type { Affected, Plan } from '#shared/plan.ts';
import { Callout } from '../callout.tsx';
import { FactList } from '../fact-list.tsx';
import type { Fact } from '../fact-list.tsx';
import { Moment } from '../moment.tsx';
import { useText } from '../session-context.tsx';
import { useNow } from '../use-now.ts';
import { PlanSteps } from './plan-steps.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '12px' },
  summary: { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  quiet: { color: tokens.colorNeutralForeground2 },
  heading: { fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold, marginBlockStart: '4px' },
});

/** Each once with all that happens to it: with several logins the same service may be named by each. */
function byWho(affected: readonly Affected[]): readonly Fact[] {
  const hows = new Map<string, ReadonlySet<string>>();
  for (const { who, how } of affected) hows.set(who, new Set([...(hows.get(who) ?? []), how]));
  return [...hows].map(([who, all]) => [who, [...all].map((how) => <p key={how}>{how}</p>)]);
}

/** A plan as main made it: what, exactly how, who notices, what to know, and whether it can be taken back. */
export function PlanView({ plan }: { readonly plan: Plan }) {
  const styles = useStyles();
  const { changes } = useText();
  const expired = new Date(plan.expiresAt) <= useNow();
  return (
    <div className={styles.view}>
      <p className={styles.summary}>{plan.summary}</p>
      <p className={styles.quiet}>{changes.nothingYet}</p>
      {expired ? (
        <Callout tone="attention" live="status">
          {changes.expired}
        </Callout>
      ) : null}
      {plan.consent === null ? null : (
        <Callout tone="attention" title={changes.consent}>
          {plan.consent}
        </Callout>
      )}
      {plan.warnings.map((warning) => (
        <Callout key={warning} tone="attention">
          {warning}
        </Callout>
      ))}
      <h3 className={styles.heading}>{changes.affected}</h3>
      {plan.affected.length === 0 ? (
        <p className={styles.quiet}>{changes.affectedNobody}</p>
      ) : (
        <FactList facts={byWho(plan.affected)} />
      )}
      <h3 className={styles.heading}>{changes.takeBack}</h3>
      <p>
        <strong>{plan.takeBack.possible ? changes.takeBackYes : changes.takeBackNo}</strong>{' '}
        {plan.takeBack.possible ? plan.takeBack.how : plan.takeBack.why}
      </p>
      <h3 className={styles.heading}>{changes.steps}</h3>
      <PlanSteps steps={plan.steps} />
      <p className={styles.quiet}>
        {changes.validUntil} <Moment at={plan.expiresAt} />
      </p>
    </div>
  );
}
