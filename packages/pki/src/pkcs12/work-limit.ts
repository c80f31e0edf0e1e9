import { PkiError } from '../error.ts'

/** What a reader of PKCS#12 accepts before it gives up; each has a stated default. */
export type Pkcs12Limits = {
  /** Octets of the file. Default 1 MiB; a real store has two to ten thousand. */
  readonly maxBytes?: number
  /**
   * Hash iterations over the whole file, for all its parts together, slow hashes counted more than
   * once. Default 500 000, at most two seconds of one core.
   */
  readonly maxIterations?: number
}

/** The defaults of {@link Pkcs12Limits}. */
export const defaultPkcs12Limits = {
  maxBytes: 1024 * 1024,
  maxIterations: 500_000,
} as const satisfies Required<Pkcs12Limits>

/** Values in one layer of the file. A store of a hundred keys has fewer. */
export const maxStoreNodes = 10_000

/** Longest salt: every hash of the derivation begins with it. */
const maxSaltBytes = 256

/**
 * Counts the iterations that a file asks for, each derived block anew: the numbers stand in the file,
 * and the MAC is computed before anybody has proved to know the password.
 */
export type WorkLimit = {
  /** Throws `pkcs12.too-much-work` when a part asks for more than is left, or for none at all. */
  readonly spend: (part: {
    readonly iterations: number
    readonly salt: Uint8Array
    readonly blocks: number
    /** How many iterations of SHA or Streebog one iteration costs. Default 1. */
    readonly weight?: number
  }) => void
}

/** Starts the count for one file. */
export const createWorkLimit = (maxIterations: number): WorkLimit => {
  let left = maxIterations
  return {
    spend: ({ iterations, salt, blocks, weight = 1 }) => {
      left -= iterations * blocks * weight
      if (iterations < 1 || left < 0 || salt.length > maxSaltBytes) {
        throw new PkiError({
          code: 'pkcs12.too-much-work',
          message: 'The key store asks for an impossible amount of password hashing.',
          data: { iterations, maxIterations, saltBytes: salt.length },
        })
      }
    },
  }
}
