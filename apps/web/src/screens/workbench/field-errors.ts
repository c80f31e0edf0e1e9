import type { ProblemError } from '../../api/problem.ts'

/** What the server says of one field: its advice, else its code; undefined where it says nothing. */
export function fieldError(problem: ProblemError | undefined, field: string): string | undefined {
  const found = problem?.fields.find(
    (each) => each.field === field || each.field.startsWith(`${field}:`),
  )

  if (found !== undefined) return found.advice === '' ? found.code : found.advice

  return problem?.field === field ? problem.message : undefined
}
