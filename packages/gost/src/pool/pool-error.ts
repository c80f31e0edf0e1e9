/** `pool.closed`: the pool was closed; `pool.worker-died`: a worker died over this work, twice. */
export type PoolErrorCode = 'pool.closed' | 'pool.worker-died'

/** What a pool refuses for reasons of its own; the work itself was not judged. */
export class PoolError extends Error {
  override readonly name = 'PoolError'
  readonly code: PoolErrorCode

  constructor(code: PoolErrorCode) {
    super(code === 'pool.closed' ? 'the pool is closed' : 'a worker died over this work, twice')
    this.code = code
  }
}
