/**
 * Refused logins after which no further one is risked where Windows' policy applies: half of the ten after which a clean
 * Windows 11 locks an account (Account lockout threshold, Windows security baselines).
 */
export const refusalsRisked = 5;
