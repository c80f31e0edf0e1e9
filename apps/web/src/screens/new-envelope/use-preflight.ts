import { useEffect, useState } from 'react'
import { request } from '../../api/request.ts'
import type { EnvelopeInput, Preflight } from '../../api/types.ts'

const pauseMs = 600
const clear: Preflight = { obstacles: [], warnings: [] }

/**
 * Asks the server what stands in the way, a moment after the last change. It stores nothing. A lost
 * answer is no obstacle: sending tells the same again.
 */
export function usePreflight(input: EnvelopeInput, isWorthwhile: boolean): Preflight {
  const [preflight, setPreflight] = useState<Preflight>(clear)
  const body = JSON.stringify(input)

  useEffect(() => {
    if (!isWorthwhile) {
      setPreflight(clear)

      return
    }

    const abort = new AbortController()
    const timer = setTimeout(() => {
      request<Preflight>('/v1/envelopes/preflight', {
        method: 'POST',
        body: JSON.parse(body) as EnvelopeInput,
        signal: abort.signal,
      }).then(setPreflight, () => {})
    }, pauseMs)

    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [body, isWorthwhile])

  return preflight
}
