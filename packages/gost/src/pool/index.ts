/**
 * A pool of workers for many signatures at once, in Node (worker threads) and in browsers (module
 * workers). It answers what `verifyDigest` and `signDigest` answer, on other cores.
 *
 * Hashing is not here: one stream cannot be divided. Who has many files gives each worker of its own
 * whole files and lets it read them in pieces of 64 KiB to 1 MiB.
 * @module
 */
export { createGostPool, type GostPool, type GostPoolOptions } from './create-pool.ts'
export { PoolError, type PoolErrorCode } from './pool-error.ts'
