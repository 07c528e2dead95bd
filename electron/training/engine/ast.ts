/** The abstract syntax of the T-SQL subset, one import for those who read it. */
export type * from './ast/definition.ts';
export type * from './ast/query.ts';
export type * from './ast/security.ts';
export type * from './ast/statement.ts';
export type * from './ast/table.ts';
