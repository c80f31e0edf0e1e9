import { isPkiError } from '../../error.ts'
import { type VerificationInput, verifySignature } from '../../verify/index.ts'

/** One verification: a file, and all that it is verified with. */
export type HostileCase = VerificationInput & {
  readonly policy: Parameters<typeof verifySignature>[0]['policy']
}

/** A hostile file beside the valid one that it was made from. */
export type HostileSample = {
  /** Says what was done; distinct. */
  readonly name: string
  readonly hostile: HostileCase
  readonly twin: HostileCase
  /**
   * The code that names the fault: `CHECK CODE` of a check that did not pass, or the code with which the
   * container is not read, or the error.
   */
  readonly code: string
  /**
   * What the report must say; `error`: the file is refused before there is one; `refused`: anything but
   * TOTAL-PASSED.
   */
  readonly indication: 'TOTAL-FAILED' | 'INDETERMINATE' | 'error' | 'refused'
}

/** What came of one verification. */
export type Finding = {
  readonly indication: 'TOTAL-PASSED' | 'TOTAL-FAILED' | 'INDETERMINATE' | 'error'
  /** Of every check that did not pass, and of the container or error where nothing was read. */
  readonly codes: readonly string[]
}

/** Verifies a case; errors that are not of this package are thrown on. */
export const findingOf = async (hostile: HostileCase): Promise<Finding> => {
  try {
    const { report, facts } = await verifySignature(hostile)
    const { container } = facts
    return {
      indication: report.indication,
      codes: container.readable
        ? report.signatures.flatMap(({ checks }) =>
            checks
              .filter(({ result }) => result !== 'passed')
              .map(({ name, detail }) => `${name} ${detail ?? ''}`),
          )
        : [container.code],
    }
  } catch (error) {
    if (isPkiError(error)) {
      return { indication: 'error', codes: [error.code] }
    }
    throw error
  }
}
