import { inspect } from 'node:util'
import { SignmeError, type SignmeErrorCode } from '../error.ts'

/** What a call was refused with; fails the test when it was not, or not by an error of this package. */
export async function caught(act: Promise<unknown>): Promise<SignmeError> {
  try {
    await act
  } catch (error) {
    if (error instanceof SignmeError) return error
    throw error
  }
  throw new Error('The call was accepted.')
}

/** As {@link caught}, narrowed to one code. */
export async function caughtAs<Code extends SignmeErrorCode>(
  code: Code,
  act: Promise<unknown>,
): Promise<SignmeError<Code>> {
  const error = await caught(act)
  if (error.code !== code) throw new Error(`Refused with ${error.code}: ${error.message}`)

  return error as SignmeError as SignmeError<Code>
}

/** Everything that a log could hold of an error: text, data, causes, stack. */
export function everythingIn(error: unknown): string {
  return inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error)
}
