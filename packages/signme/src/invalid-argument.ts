import { SignmeError } from './error.ts'

/** The error of an argument, by the name of its field. What was given is not told. */
export function invalidArgument(
  field: string,
  expected: string,
): SignmeError<'signme.invalid-argument'> {
  return new SignmeError({
    code: 'signme.invalid-argument',
    message: `${field} is not ${expected}.`,
    advice: `Give ${expected}.`,
    data: { field, expected, retry: 'final' },
  })
}
