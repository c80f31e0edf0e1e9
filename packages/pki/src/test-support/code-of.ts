import { isPkiError } from '../error.ts'

/** For tests: the code with which `act` was refused, or `accepted`. */
export const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return isPkiError(error) ? error.code : `not a PkiError: ${String(error)}`
  }
  return 'accepted'
}

/** As {@link codeOf}, of what a promise was refused with. */
export const codeOfAsync = async (act: Promise<unknown>): Promise<string> => {
  try {
    await act
  } catch (error) {
    return isPkiError(error) ? error.code : `not a PkiError: ${String(error)}`
  }
  return 'accepted'
}
