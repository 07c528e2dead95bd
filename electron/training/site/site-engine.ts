export { makeSiteEngine } from '#tests/unit/training/stub-engine.ts';
