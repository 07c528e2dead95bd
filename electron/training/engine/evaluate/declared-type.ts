import type { DataType as Written } from '../ast.ts';
import type { DataType } from '../values/types.ts';

/**
 * A type as written, with SQL Server's defaults filled in: a length left out is 1, and 30 inside CAST and CONVERT
 * (learn.microsoft.com/sql/t-sql/data-types/char-and-varchar-transact-sql).
 */
export function declaredType(written: Written, place: 'declaration' | 'conversion'): DataType {
  switch (written.name) {
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
    case 'binary':
    case 'varbinary':
      return { name: written.name, length: written.length ?? (place === 'conversion' ? 30 : 1) };
    case 'decimal':
      return { name: 'decimal', precision: written.precision ?? 18, scale: written.scale ?? 0 };
    case 'datetime2':
    case 'time':
    case 'datetimeoffset':
      return { name: written.name, scale: written.scale ?? 7 };
    default:
      return { name: written.name };
  }
}
