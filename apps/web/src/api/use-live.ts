import { useEffect, useRef, useState } from 'react'
import { type EventStream, type LiveMessage, openLiveSource } from './live-source.ts'

export type LiveState = {
  readonly isStale: boolean
  /** When the page last had word from the server. */
  readonly freshAt: Date
}

const later = (task: () => void, delayMs: number) => {
  const timer = setTimeout(task, delayMs)

  return () => clearTimeout(timer)
}

/** A hidden page gets no frames: it is served by the timer, which costs it nothing. */
const nextFrame = (task: () => void) => {
  if (document.hidden) setTimeout(task, 50)
  else requestAnimationFrame(task)
}

/** Follows a stream of events while mounted; `url` undefined follows nothing. */
export function useLive(
  url: string | undefined,
  options: {
    readonly events: readonly string[]
    readonly onMessages: (messages: readonly LiveMessage[]) => void
  },
): LiveState {
  const [state, setState] = useState<LiveState>(() => ({ isStale: false, freshAt: new Date() }))
  const latest = useRef(options)
  const names = options.events.join(' ')

  useEffect(() => {
    latest.current = options
  })

  useEffect(() => {
    if (url === undefined) return

    return openLiveSource({
      url,
      events: names.split(' '),
      onMessages: (messages) => {
        setState({ isStale: false, freshAt: new Date() })
        latest.current.onMessages(messages)
      },
      onStale: (isStale) =>
        setState((before) =>
          isStale ? { ...before, isStale: true } : { isStale: false, freshAt: new Date() },
        ),
      open: (address) => new EventSource(address) as unknown as EventStream,
      later,
      nextFrame,
    })
  }, [url, names])

  return state
}
