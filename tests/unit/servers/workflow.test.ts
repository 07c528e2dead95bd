import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const workflow = readFileSync(join(import.meta.dirname, '../../../.github/workflows/real-sql-server.yml'), 'utf8');

describe('The workflow for real servers', () => {
  it('runs the suite against each version that there is a container of', () => {
    expect(workflow).toContain("version: ['2017', '2019', '2022', '2025']");
    expect(workflow).toContain('mcr.microsoft.com/mssql/server:${{ matrix.version }}-latest');
    expect(workflow).toContain('npx vitest run --project node tests/servers');
    expect(workflow).toContain('MORTISE_TEST_SQLSERVER=Server=127.0.0.1,1433;');
  });

  it('makes a password of its own for each run, keeps it out of the log, and may write nothing', () => {
    expect(workflow).toContain('openssl rand');
    expect(workflow).toContain('::add-mask::');
    expect(workflow).not.toMatch(/Password=[A-Za-z0-9]/);
    expect(workflow).toMatch(/permissions:\n\s+contents: read/);
  });
});
