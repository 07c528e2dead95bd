import { describe, expect, it } from 'vitest';
import { connectionStringOf, firstConfig, withPort } from '#electron/training/service/service-config.ts';

describe("the access-control service's configuration file", () => {
  it('holds a connection string for the login with its first password', () => {
    expect(connectionStringOf(firstConfig(50_123))).toBe(
      'Server=127.0.0.1,50123;Database=Acs;User ID=acs_service;Password=ChangeMe123;Encrypt=true;TrustServerCertificate=false;',
    );
  });

  it.each([
    ['in double quotes', '<add name="Acs" connectionString="A=&quot;b&quot;;C=&lt;&amp;&gt;" />', 'A="b";C=<&>'],
    ['in single quotes', `<add connectionString='A="b"' name='Acs'/>`, 'A="b"'],
    ['with numbers for characters', '<add name="Acs" connectionString="A=&#x41;&#66;&apos;" />', "A=AB'"],
    ['behind another one', '<add name="Old" connectionString="no" /><add name="Acs" connectionString="yes" />', 'yes'],
    [
      'behind a comment',
      '<!-- <add name="Acs" connectionString="no" /> --><add name="Acs" connectionString="yes" />',
      'yes',
    ],
  ])('is read %s', (_how, config, expected) => {
    expect(connectionStringOf(config)).toBe(expected);
  });

  it('says that there is none where there is none', () => {
    expect(connectionStringOf('<configuration/>')).toBeUndefined();
    expect(connectionStringOf('<add name="Acs" providerName="x" />')).toBeUndefined();
  });

  it('follows the server to another port and stays as it was otherwise', () => {
    const before = firstConfig(1433).replace('ChangeMe123', 'x1433,1433');
    const after = withPort(before, 1433, 50_123);
    expect(after).toBe(before.replace('127.0.0.1,1433;', '127.0.0.1,50123;'));
    expect(withPort(firstConfig(14_330), 1433, 50_123)).toBe(firstConfig(14_330));
  });
});
