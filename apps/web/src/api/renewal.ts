import { useEffect, useRef, useState } from 'react'

/** A code is replaced this long before its end, so that the reader never sees a dead one. */
const leadMs = { signer: 10_000, clerk: 6000 } as const

/** A forgotten page must not make codes for ever: after an hour of five-minute codes it asks. */
export const maxSilentRenewals = 12

export type RenewalInput = {
  readonly nowMs: number
  readonly expiresAtMs: number
  /** The app has fetched the documents: its link must not be taken away under its hands. */
  readonly isInUse: boolean
  readonly isVisible: boolean
  readonly renewals: number
  /** The signer's page goes first; the clerk's follows only if nobody is on it. */
  readonly side: keyof typeof leadMs
}

/** Is it time to ask for a new code by ourselves. */
export function isRenewalDue(input: RenewalInput): boolean {
  if (!input.isVisible || input.renewals >= maxSilentRenewals) return false

  const leftMs = input.expiresAtMs - input.nowMs

  return input.isInUse ? leftMs <= 0 : leftMs <= leadMs[input.side]
}

/**
 * Renews a code shortly before its end while the page is looked at. `requestId` names the code: one
 * renewal is asked for each.
 */
export function useRenewal(options: {
  readonly requestId: string | undefined
  readonly expiresAt: string | undefined
  readonly isInUse: boolean
  readonly side: RenewalInput['side']
  readonly renew: () => void
}): { readonly isStale: boolean } {
  const { requestId, expiresAt, isInUse, side } = options
  const [isStale, setStale] = useState(false)
  const asked = useRef<string | undefined>(undefined)
  const renewals = useRef(0)
  const renew = useRef(options.renew)

  useEffect(() => {
    renew.current = options.renew
  })

  useEffect(() => {
    if (expiresAt === undefined || requestId === undefined) {
      setStale(false)

      return
    }

    const expiresAtMs = Date.parse(expiresAt)
    const check = () => {
      const nowMs = Date.now()
      const isDue = isRenewalDue({
        nowMs,
        expiresAtMs,
        isInUse,
        isVisible: !document.hidden,
        renewals: renewals.current,
        side,
      })
      setStale(nowMs >= expiresAtMs)

      if (!isDue || asked.current === `${requestId} ${expiresAt}`) return

      asked.current = `${requestId} ${expiresAt}`
      renewals.current += 1
      renew.current()
    }
    check()
    const timer = setInterval(check, 1000)

    return () => clearInterval(timer)
  }, [requestId, expiresAt, isInUse, side])

  return { isStale }
}
