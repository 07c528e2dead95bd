import type { Login7 } from './login7.ts';
import type { SqlMessage } from './backend.ts';
import { packetSize } from './packets.ts';
import type { ProductVersion } from './prelogin.ts';
import type { Response } from './response.ts';
import type { SessionState } from './session-state.ts';
import { writeCollationChange, writeLanguageChange, writeLoginAck, writePacketSizeChange } from './tokens.ts';

/** TDS 7.2 is the oldest whose tokens are those of 7.4; what is newer (8.0 has TLS around everything) is answered 7.4. */
const tdsVersion = { oldest: 0x7209_0002, own: 0x7400_0004 } as const;

/** The TDS version of the answer, or undefined for a client that is too old to be spoken to. */
export function agreedTdsVersion(asked: number): number | undefined {
  return asked < tdsVersion.oldest ? undefined : Math.min(asked, tdsVersion.own);
}

/** The packet size for everything after the login; 0 leaves it to the server. */
export function agreedPacketSize(asked: number): number {
  if (asked === 0) {
    return packetSize.initial;
  }
  return Math.min(Math.max(asked, packetSize.smallest), packetSize.largest);
}

/** Tells a client that it is logged in, in the order in which SQL Server does. */
export function acceptLogin(response: Response, state: SessionState, tds: number, product: ProductVersion): void {
  response.database(state.loginDatabase);
  response.write(writeCollationChange);
  response.write((writer) => {
    writeLanguageChange(writer, 'us_english');
  });
  response.message({
    number: 5703,
    severity: 0,
    state: 1,
    text: 'Changed language setting to us_english.',
    procedure: '',
    line: 1,
  });
  response.write((writer) => {
    writeLoginAck(writer, tds, product);
    writePacketSizeChange(writer, state.packetSize, packetSize.initial);
  });
}

/** Why a login cannot be put to the backend at all, if so. */
export function unansweredLogin(login: Login7): SqlMessage | undefined {
  if (!login.integratedSecurity) {
    return undefined;
  }
  return {
    number: 18_452,
    severity: 14,
    state: 1,
    text: 'Login failed. The login is from an untrusted domain and cannot be used with Integrated authentication.',
    procedure: '',
    line: 1,
  };
}
