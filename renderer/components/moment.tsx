import { distanceText, exactMoment, momentText } from '../text/moments.ts';
import { useText } from './session-context.tsx';
import { useNow } from './use-now.ts';

/** A point in time as the engineer's own clock shows it, with how far away it is; to the second on hovering. */
export function Moment({ at, hint = true }: { readonly at: string; readonly hint?: boolean }) {
  const text = useText();
  const now = useNow();
  const when = new Date(at);
  const shown = momentText(when, now, text.locale);
  return (
    <time dateTime={at} title={exactMoment(when, text.locale)}>
      {hint ? text.words.momentWithHint(shown, distanceText(when, now, text.locale)) : shown}
    </time>
  );
}
