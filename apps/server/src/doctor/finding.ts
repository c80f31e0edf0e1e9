/** What one look of the doctor found. */
export type Finding = {
  /** What was looked at: `database`, `trust`, … */
  readonly check: string
  /** `notice`: worth knowing, nothing to do. `warning`: works, but not for everything. */
  readonly result: 'passed' | 'notice' | 'warning' | 'failed'
  /** One sentence, without secrets and personal numbers. */
  readonly message: string
  /** What to do, where there is something to do. */
  readonly advice?: string
}

/** How long one look may take, ms. */
export const patienceMs = 5_000

/** A finding out of an error that tells what to do by itself. */
export function failure(check: string, error: unknown): Finding {
  const { message, advice } = error as { readonly message?: string; readonly advice?: string }

  return {
    check,
    result: 'failed',
    message: message ?? String(error),
    ...(advice === undefined ? {} : { advice }),
  }
}
