/** A column's type as sys.columns describes it, written as in CREATE TABLE. Lengths there are in bytes, -1 for MAX. */
export function declaredType(column: {
  readonly type: string;
  readonly maxLength: number;
  readonly precision: number;
  readonly scale: number;
}): string {
  const { type, maxLength, precision, scale } = column;
  const length = (perCharacter: number) => (maxLength === -1 ? 'max' : String(maxLength / perCharacter));
  switch (type) {
    case 'nvarchar':
    case 'nchar':
      return `${type}(${length(2)})`;
    case 'varchar':
    case 'char':
    case 'varbinary':
    case 'binary':
      return `${type}(${length(1)})`;
    case 'decimal':
    case 'numeric':
      return `${type}(${precision},${scale})`;
    case 'datetime2':
    case 'datetimeoffset':
    case 'time':
      return `${type}(${scale})`;
    case 'sysname':
      return 'nvarchar(128)';
    default:
      return type;
  }
}
