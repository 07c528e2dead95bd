import type { AssessmentVerdict } from '#shared/assessment.ts';
import type { AssessmentGround, Judged, Purpose } from './ground.ts';

const purposes: readonly Purpose[] = ['commissioning mode', 'credential rotation', 'secure mode'];

const readyWords: Readonly<Record<Purpose, string>> = {
  'commissioning mode': 'Commissioning mode can be switched off here once the site is prepared.',
  'credential rotation': 'Every service login of the profile can get a new password.',
  'secure mode': 'The ports can be closed to other machines.',
};

/** What can be done at this site now, each with the sentence that says what stands in the way. */
export function verdictsOf(
  judged: readonly Judged[],
  ground: AssessmentGround | undefined,
): readonly AssessmentVerdict[] {
  return purposes.map((what) => {
    const bearing = judged.filter(({ bears }) => bears.includes(what)).map(({ finding }) => finding);
    const blocking = bearing.filter(({ severity }) => severity === 'blocking');
    const unknown = bearing.filter(({ severity }) => severity === 'unknown');
    const [first] = blocking.length > 0 ? blocking : unknown;
    if (first !== undefined) {
      const more = (blocking.length > 0 ? blocking : unknown).length - 1;
      return {
        what,
        state: blocking.length > 0 ? 'blocked' : 'unknown',
        sentence: `${first.title}${more > 0 ? `, and ${more} more` : ''}.`,
      };
    }
    return ground === undefined
      ? { what, state: 'unknown', sentence: 'The server could not be read.' }
      : { what, ...withoutFindings(what, ground) };
  });
}

/** Where no finding stands in the way. */
function withoutFindings(what: Purpose, ground: AssessmentGround): Omit<AssessmentVerdict, 'what'> {
  const { server } = ground.survey;
  if (what === 'secure mode' && ground.firewall.state === 'unknown')
    return { state: 'unknown', sentence: ground.firewall.cause.sentence };
  if (what === 'credential rotation') {
    if (server.ok && server.value.windowsOnly)
      return { state: 'ready', sentence: 'It does not apply: the server takes Windows logins only.' };
    if (ground.profile.serviceLogins.length === 0)
      return { state: 'ready', sentence: 'There is nothing to rotate: the profile names no service login.' };
  }
  return { state: 'ready', sentence: readyWords[what] };
}
