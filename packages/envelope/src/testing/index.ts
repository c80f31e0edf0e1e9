/**
 * For tests: the contract suite that every provider passes, an engine in memory that does what the
 * server does, and three fake services. Needs vitest.
 * @module
 */
export * from './contract/subject.ts'
export * from './core/core-types.ts'
