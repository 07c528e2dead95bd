import { makeStyles, tokens } from '@fluentui/react-components';
import type { Greeting } from '#shared/sites.ts';
import { FactList } from '../../components/fact-list.tsx';
import type { Fact } from '../../components/fact-list.tsx';
import { useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { useNow } from '../../components/use-now.ts';
import { momentText } from '../../text/moments.ts';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '12px 14px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  title: { fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  fingerprint: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, wordBreak: 'break-all' },
});

/** What the server showed before any login: version, encryption, and its certificate with the fingerprint to compare. */
export function GreetingView({ greeting }: { readonly greeting: Greeting }) {
  const styles = useStyles();
  const { siteAssistant, locale } = useText();
  const words = siteAssistant.server;
  const now = useNow();
  const { certificate } = greeting;
  const from = new Date(certificate.validFrom);
  const to = new Date(certificate.validTo);
  const isValid = from <= now && now <= to;
  const facts: Fact[] = [
    [words.version, greeting.version],
    [words.encryption, greeting.protocol],
    [words.certificate, certificate.subject],
    [words.issuer, certificate.selfSigned ? words.selfSigned : certificate.issuer],
    [words.names, certificate.names.length === 0 ? words.noNames : certificate.names.join(', ')],
    [
      words.valid,
      <span key="valid">
        {words.validFromTo(momentText(from, now, locale), momentText(to, now, locale))}{' '}
        {isValid ? null : <Tag tone="danger">{words.expired}</Tag>}
      </span>,
    ],
    [
      words.fingerprint,
      <code key="fingerprint" className={styles.fingerprint}>
        {certificate.fingerprint}
      </code>,
    ],
    [
      words.judged,
      certificate.verified.holds ? (
        <Tag key="judged" tone="good">
          {words.verified}
        </Tag>
      ) : (
        <Tag key="judged" tone="attention">
          {words.notVerified(certificate.verified.why)}
        </Tag>
      ),
    ],
  ];
  if (greeting.port !== null) facts.unshift([words.foundPort, String(greeting.port)]);
  return (
    <section className={styles.box} aria-label={words.seen}>
      <h3 className={styles.title}>{words.seen}</h3>
      <FactList facts={facts} />
    </section>
  );
}
