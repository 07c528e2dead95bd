import { useEffect, useState } from 'react';
import { useSnapshot } from './session-context.tsx';

/**
 * The server's own time, ticking each second: what it said when it was read last, moved on by this machine's clock. A
 * state that the server ends by itself is counted down by it. This machine's time where the server's was not read.
 */
export function useServerClock(): Date {
  const { server } = useSnapshot();
  const ahead = server.state === 'known' ? Date.parse(server.value.serverTime) - Date.parse(server.at) : 0;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return new Date(now + ahead);
}
