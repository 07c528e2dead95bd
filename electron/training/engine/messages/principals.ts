import type { Template } from './template.ts';

/** Errors about logins, users and passwords. */
export const principalsMessages = {
  15007: { severity: 16, text: "'%s' is not a valid login or you do not have permission." },
  15010: {
    severity: 16,
    text: "The database '%s' does not exist. Supply a valid database name. To see available databases, use sys.databases.",
  },
  15023: { severity: 16, text: "User, group, or role '%s' already exists in the current database." },
  15025: { severity: 16, text: "The server principal '%s' already exists." },
  15063: { severity: 16, text: 'The login already has an account under a different user name.' },
  15081: { severity: 16, text: 'Membership of the public role cannot be changed.' },
  15115: { severity: 16, text: 'Password validation failed. The password cannot be used at this time.' },
  15116: {
    severity: 16,
    text: 'Password validation failed. The password does not meet the operating system policy requirements because it is too short.',
  },
  15117: {
    severity: 16,
    text: 'Password validation failed. The password does not meet the operating system policy requirements because it is too long.',
  },
  15118: {
    severity: 16,
    text: 'Password validation failed. The password does not meet the operating system policy requirements because it is not complex enough.',
  },
  15122: { severity: 16, text: 'The CHECK_EXPIRATION option cannot be used when CHECK_POLICY is OFF.' },
  15128: {
    severity: 16,
    text: 'The CHECK_POLICY and CHECK_EXPIRATION options cannot be turned OFF when MUST_CHANGE is ON.',
  },
  15125: { severity: 16, text: "Trigger '%s' is not a trigger for '%s'." },
  5812: { severity: 14, text: 'You do not have permission to run the RECONFIGURE statement.' },
  15123: { severity: 16, text: "The configuration option '%s' does not exist, or it may be an advanced option." },
  15129: { severity: 16, text: "'%d' is not a valid value for configuration option '%s'." },
  15130: { severity: 16, text: "There already exists a '%s' trigger for '%s'." },
  15133: { severity: 16, text: "INSTEAD OF trigger '%s' cannot be associated with an order." },
  15136: {
    severity: 16,
    text: 'The database principal is set as the execution context of one or more procedures, functions, or event notifications and cannot be dropped.',
  },
  15138: { severity: 16, text: 'The database principal owns a %s in the database, and cannot be dropped.' },
  15144: { severity: 16, text: 'The role has members. It must be empty before it can be dropped.' },
  15150: { severity: 16, text: "Cannot %s the %s '%s'." },
  15151: { severity: 16, text: "Cannot %s the %s '%s', because it does not exist or you do not have permission." },
  15165: { severity: 16, text: "Could not find object '%s' or you do not have permission." },
  15174: {
    severity: 16,
    text: "Login '%s' owns one or more database(s). Change the owner of the database(s) before dropping the login.",
  },
  15211: { severity: 16, text: 'Old (current) password incorrect for user. The password was not changed.' },
  15247: { severity: 16, text: 'User does not have permission to perform this action.' },
  15434: { severity: 16, text: "Could not drop login '%s' as the user is currently logged in." },
  15517: {
    severity: 16,
    text: 'Cannot execute as the database principal because the principal "%s" does not exist, this type of principal cannot be impersonated, or you do not have permission.',
  },
  18054: {
    severity: 16,
    text: 'Error %s, severity 16, state 1 was raised, but no message with that error number was found in sys.messages. If error is larger than 50000, make sure the user-defined message is added using sp_addmessage.',
  },
  18456: { severity: 14, reach: 'connection', text: "Login failed for user '%s'." },
  18463: {
    severity: 14,
    reach: 'connection',
    text: 'The login failed for user "%s". The password change failed. The password cannot be used at this time.',
  },
  18464: {
    severity: 14,
    reach: 'connection',
    text: "Login failed for user '%s'. Reason: Password change failed. The password does not meet operating system policy requirements because it is too short.",
  },
  18465: {
    severity: 14,
    reach: 'connection',
    text: "Login failed for user '%s'. Reason: Password change failed. The password does not meet operating system policy requirements because it is too long.",
  },
  18466: {
    severity: 14,
    reach: 'connection',
    text: "Login failed for user '%s'. Reason: Password change failed. The password does not meet operating system policy requirements because it is not complex enough.",
  },
  18470: { severity: 14, reach: 'connection', text: "Login failed for user '%s'. Reason: The account is disabled." },
  18486: {
    severity: 14,
    reach: 'connection',
    text: "Login failed for user '%s' because the account is currently locked out. The system administrator can unlock it.",
  },
  18487: {
    severity: 14,
    reach: 'connection',
    text: "Login failed for user '%s'.  Reason: The password of the account has expired.",
  },
  18488: {
    severity: 14,
    reach: 'connection',
    text: "Login failed for user '%s'.  Reason: The password of the account must be changed.",
  },
  15600: { severity: 15, text: "An invalid parameter or option was specified for procedure '%s'." },
} satisfies Record<number, Template>;
