import { EpguError, isEpguError } from '@muhr/epgu'
import { MuhrError } from '@muhr/identifiers'
import { isSignerKeyError } from '@muhr/signer-key'
import { Problem, type ProblemCode } from '../http/problems.ts'

/** Nothing was changed at the portal, and the same call may be made again. */
const unavailable: ReadonlySet<string> = new Set([
  'esia.unreachable',
  'esia.unavailable',
  'esia.unreadable-answer',
  'epgu.unreachable',
  'epgu.unavailable',
  'epgu.unreadable-answer',
])

function problemCodeOf(code: string): ProblemCode {
  if (code === 'epgu.outcome-unknown') {
    return 'workbench.outcome-unknown'
  }
  if (code === 'epgu.invalid-argument') {
    return 'workbench.field'
  }

  return unavailable.has(code) ? 'workbench.unavailable' : 'workbench.refused'
}

/** The code of ESIA or of the gateway where one was told, else ours. */
export function toldCode({ code, data }: MuhrError): string {
  const esia = Reflect.get(data, 'esiaCode')
  const epgu = Reflect.get(data, 'epguCode')

  return typeof esia === 'string' ? esia : typeof epgu === 'string' ? epgu : code
}

/** What ESIA, the portal or a signer key said, as an answer of the API; undefined for any other error. */
export function portalProblem(error: unknown): Problem | undefined {
  if (error instanceof EpguError) {
    const { message, advice, data } = error
    const field = Reflect.get(data, 'field')

    return new Problem(problemCodeOf(error.code), message, {
      advice,
      fields: [
        { field: typeof field === 'string' ? field : 'portal', code: toldCode(error), advice },
      ],
      availableAt: isEpguError(error, 'epgu.quota-full') ? error.data.availableAt : undefined,
      cause: error,
    })
  }
  if (isSignerKeyError(error)) {
    const { code, message, advice } = error

    return new Problem('key.refused', message, {
      advice,
      fields: [{ field: 'signerKey', code, advice }],
      cause: error,
    })
  }

  return undefined
}

/**
 * Runs a call to ESIA or the portal.
 * @throws Problem `workbench.refused`, `workbench.unavailable`, `workbench.outcome-unknown`,
 *   `workbench.field`, `key.refused`, with the code that was told as the code of its field
 */
export async function asPortalCall<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw portalProblem(error) ?? error
  }
}

/** A stable word for the history: what was told, and never the words of the portal. */
export function codeOf(error: unknown): string {
  return error instanceof MuhrError ? toldCode(error) : 'server.failed'
}
