import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { createAnnouncer } from './announcer.ts'

const SayContext = createContext<(sentence: string) => void>(() => {})

/** The one polite region of a page. Everything below may say a sentence about its object. */
export function LiveRegion({ children }: { readonly children: ReactNode }) {
  const [spoken, setSpoken] = useState('')
  const announcer = useMemo(
    () =>
      createAnnouncer({
        speak: setSpoken,
        nowMs: () => performance.now(),
        later: (task, delayMs) => {
          const timer = setTimeout(task, delayMs)

          return () => clearTimeout(timer)
        },
      }),
    [],
  )

  useEffect(() => announcer.stop, [announcer])

  return (
    <SayContext value={announcer.say}>
      {children}
      <div className="sr-only" role="status" aria-live="polite" data-testid="live-region">
        {spoken}
      </div>
    </SayContext>
  )
}

/** Says a sentence in the page's polite region. */
export function useSay(): (sentence: string) => void {
  return useContext(SayContext)
}
