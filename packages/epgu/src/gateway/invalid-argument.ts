import { EpguError } from '../error.ts'

/** The error of a caller's own input, by the name of the field and never its value. */
export function invalidArgument(
  field: string,
  expected: string,
): EpguError<'epgu.invalid-argument'> {
  return new EpguError({
    code: 'epgu.invalid-argument',
    message: `${field} is not ${expected}.`,
    advice: `Pass ${field} as ${expected}.`,
    data: { field, expected },
  })
}
