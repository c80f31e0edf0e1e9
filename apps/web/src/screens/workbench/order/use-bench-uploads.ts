import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { faultText } from '../../../api/fault-text.ts'
import { asProblem, type ProblemError } from '../../../api/problem.ts'
import { uploadBytes } from '../../../api/upload-bytes.ts'
import { benchOrderQuery, uploadPath } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { cleanFileName, mediaTypeOf } from '../../new-envelope/accept-files.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { useFaultWords } from '../use-fault-words.ts'

export type BenchUpload = {
  readonly key: string
  readonly name: string
  readonly size: number
  readonly sentBytes: number
  /** Why it was not taken, in words. */
  readonly refusal?: string | undefined
}

export type BenchUploads = {
  /** Those that are on their way or were refused; what arrived stands among the order's files. */
  readonly queue: readonly BenchUpload[]
  readonly add: (files: readonly File[]) => void
  readonly dismiss: (key: string) => void
}

type Waiting = { readonly key: string; readonly file: File }

let keyCount = 0

/** Sends files to an order one after another: each is a change of the order. */
export function useBenchUploads(order: Pick<BenchOrderDetail, 'id'>): BenchUploads {
  const { t } = useBenchSpeech()
  const words = useFaultWords()
  const client = useQueryClient()
  const [queue, setQueue] = useState<readonly BenchUpload[]>([])
  const waiting = useRef<Waiting[]>([])
  const running = useRef<{ readonly key: string; readonly cancel: () => void } | undefined>(
    undefined,
  )
  const patch = (key: string, change: Partial<BenchUpload>) =>
    setQueue((now) => now.map((each) => (each.key === key ? { ...each, ...change } : each)))
  const drop = (key: string) => setQueue((now) => now.filter((each) => each.key !== key))
  const textOf = (problem: ProblemError) => words(problem) ?? faultText(t, problem)

  const next = async (): Promise<void> => {
    const first = waiting.current.shift()

    if (first === undefined) return

    const { key, file } = first
    const name = cleanFileName(file.name)
    const path = uploadPath(order.id, {
      kind: 'files',
      fileName: name,
      mediaType: mediaTypeOf(file),
    })
    const call = uploadBytes<BenchOrderDetail>(path, {
      file,
      onProgress: (sentBytes) => patch(key, { sentBytes }),
    })
    running.current = { key, cancel: call.cancel }

    try {
      client.setQueryData(benchOrderQuery(order.id).queryKey, await call.done)
      drop(key)
    } catch (error) {
      patch(key, { refusal: textOf(asProblem(error)) })
    }

    running.current = undefined
    await next()
  }

  useEffect(
    () => () => {
      waiting.current = []
      running.current?.cancel()
    },
    [],
  )

  return {
    queue,
    add: (files) => {
      const rows = files.map((file) => {
        keyCount += 1

        return { key: `bench-${keyCount}`, file }
      })
      setQueue((now) => [
        ...now,
        ...rows.map(({ key, file }) => ({
          key,
          name: cleanFileName(file.name),
          size: file.size,
          sentBytes: 0,
        })),
      ])
      waiting.current.push(...rows)

      if (running.current === undefined) void next()
    },
    dismiss: (key) => {
      waiting.current = waiting.current.filter((each) => each.key !== key)

      if (running.current?.key === key) running.current.cancel()

      drop(key)
    },
  }
}
