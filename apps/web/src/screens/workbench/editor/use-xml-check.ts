import { useEffect, useRef, useState } from 'react'
import { asProblem, type ProblemError } from '../../../api/problem.ts'
import { checkXml } from '../../../api/workbench.ts'
import type { GoskeySchema, XmlFault } from '../../../api/workbench-types.ts'

/** Who still types is not asked about (ui.md §13), ms. */
const pauseMs = 400

export type XmlCheck = {
  readonly phase: 'idle' | 'checking' | 'done'
  readonly faults: readonly XmlFault[]
  readonly problem: ProblemError | undefined
  readonly retry: () => void
}

type Outcome = Omit<XmlCheck, 'retry'>

const idle: Outcome = { phase: 'idle', faults: [], problem: undefined }

/** Has the server look at a text a moment after the last change; an answer that comes too late is dropped. */
export function useXmlCheck(
  text: string,
  schema: string | undefined,
  goskey?: GoskeySchema | 'auto' | undefined,
): XmlCheck {
  const [outcome, setOutcome] = useState<Outcome>(idle)
  const [tries, setTries] = useState(0)

  const wanted = useRef(goskey)

  useEffect(() => {
    wanted.current = goskey
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` asks again
  useEffect(() => {
    if (text.trim() === '') {
      setOutcome(idle)

      return
    }

    const end = new AbortController()
    const timer = setTimeout(() => {
      setOutcome((before) => ({ ...before, phase: 'checking' }))
      checkXml({ xml: text, schema, goskey: wanted.current }, end.signal).then(
        (faults) => setOutcome({ phase: 'done', faults, problem: undefined }),
        (error: unknown) => {
          if (!end.signal.aborted) {
            setOutcome({ phase: 'idle', faults: [], problem: asProblem(error) })
          }
        },
      )
    }, pauseMs)

    return () => {
      clearTimeout(timer)
      end.abort()
    }
  }, [text, schema, tries, JSON.stringify(goskey)])

  return { ...outcome, retry: () => setTries((count) => count + 1) }
}
