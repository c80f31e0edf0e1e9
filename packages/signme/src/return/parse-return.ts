/** The errno of section 7, and whether the signer can still sign after it (trap T21). */
export const returnErrors = {
  1: { reason: 'wrong-password', isFinal: false },
  2: { reason: 'wrong-sms-code', isFinal: false },
  3: { reason: 'no-right-to-sign', isFinal: true },
  4: { reason: 'first-signature-forbidden', isFinal: true },
  5: { reason: 'rejected', isFinal: true },
  6: { reason: 'internal-error', isFinal: false },
  7: { reason: 'other-company', isFinal: true },
} as const

export type ReturnErrorNumber = keyof typeof returnErrors

/**
 * What a return or a `GET:` push says. Anybody can write it: it starts a poll and changes nothing by
 * itself (spec §6.1).
 */
export type Returned =
  | { readonly signed: true }
  | {
      readonly signed: false
      readonly errorNumber: number | undefined
      readonly reason: (typeof returnErrors)[ReturnErrorNumber]['reason'] | 'unknown'
      readonly isFinal: boolean
    }

/**
 * Reads the part that Sign.Me adds to the address, `?signed=true` or `?signed=false&error=N` (section 7).
 * The last `signed` and the last `error` count, also behind a second `?`; undefined where there is none.
 *
 * @param query the query with or without its `?`, or the whole address
 */
export function parseReturn(query: string): Returned | undefined {
  const parts = query.slice(0, 8192).split(/[?&]/)
  const signed = lastOf(parts, 'signed')?.toLowerCase()
  if (signed !== 'true' && signed !== 'false') return undefined
  if (signed === 'true') return { signed: true }

  const written = lastOf(parts, 'error') ?? ''
  const errorNumber = /^\d{1,6}$/.test(written) ? Number(written) : undefined
  const known = Object.entries(returnErrors).find(([number]) => Number(number) === errorNumber)?.[1]

  return {
    signed: false,
    errorNumber,
    reason: known?.reason ?? 'unknown',
    isFinal: known?.isFinal ?? false,
  }
}

function lastOf(parts: readonly string[], name: string): string | undefined {
  return parts.findLast((part) => part.startsWith(`${name}=`))?.slice(name.length + 1)
}
