/**
 * For tests: the contract suite that every provider passes, an engine in memory that does what the
 * server does, and three fake services. Needs vitest.
 * @module
 */
export { providerContract } from './contract/provider-contract.ts'
export { createTestClock } from './contract/scene.ts'
export * from './contract/subject.ts'
export * from './core/core-types.ts'
export { createMemoryCore } from './core/create-memory-core.ts'
export { createBrowserAttended } from './fakes/browser-attended.ts'
export { createCalledAndWatched, type WatchedOptions } from './fakes/called-and-watched.ts'
export { createCallingUs } from './fakes/calling-us.ts'
export { createSealedAndPaced, type PacedOptions } from './fakes/sealed-and-paced.ts'
export { createToyVerifier, toySign } from './fakes/toy-crypto.ts'
export { createRandom, type Random } from './histories/random.ts'
export { createScheduler } from './histories/scheduler.ts'
export { clerk, countingIds, digestOf } from './samples.ts'
