import { useCallback, useEffect, useReducer, useRef } from 'react'
import { asProblem } from '../../api/problem.ts'
import { acceptFiles, type FileLimits } from './accept-files.ts'
import { createHasher } from './hash-file.ts'
import { uploadFile } from './upload-file.ts'
import { nextUploads, type UploadQueue, type UploadRow, uploadQueue } from './upload-queue.ts'

export type Uploads = {
  readonly queue: UploadQueue
  readonly add: (files: readonly File[]) => void
  readonly remove: (key: string) => void
  readonly retry: (key: string) => void
}

let keyCount = 0
const newKey = () => {
  keyCount += 1

  return `file-${Date.now().toString(36)}-${keyCount}`
}

/**
 * Runs the queue: at most two files on the wire, digests computed beside the page, a lost
 * connection taken up again when the browser is back online.
 */
export function useUploads(first: UploadQueue, limits: FileLimits): Uploads {
  const [queue, dispatch] = useReducer(uploadQueue, first)
  const files = useRef(new Map<string, File>())
  const calls = useRef(new Map<string, () => void>())
  const hasher = useRef<ReturnType<typeof createHasher> | undefined>(undefined)
  const latest = useRef({ queue, limits })

  useEffect(() => {
    latest.current = { queue, limits }
  })

  const start = useCallback((row: UploadRow) => {
    const file = files.current.get(row.key)

    if (file === undefined || calls.current.has(row.key)) return

    const { key } = row
    hasher.current ??= createHasher()
    dispatch({ type: 'started', key, atMs: Date.now() })
    hasher.current.hash(key, file).then(
      (sha256) => dispatch({ type: 'hashed', key, sha256 }),
      () => dispatch({ type: 'failed', key, code: 'file.unreadable', isFinal: false }),
    )
    const call = uploadFile({
      file,
      fileName: row.fileName,
      mediaType: row.mediaType,
      onProgress: (sentBytes) => dispatch({ type: 'progress', key, sentBytes }),
    })
    calls.current.set(key, call.cancel)
    call.done
      .then(
        (document) => dispatch({ type: 'stored', key, document }),
        (error: unknown) => {
          const problem = asProblem(error)
          dispatch({
            type: 'failed',
            key,
            code: problem.code,
            requestId: problem.requestId,
            isFinal: problem.status >= 400 && problem.status < 500 && problem.status !== 429,
          })
        },
      )
      .finally(() => calls.current.delete(key))
  }, [])

  useEffect(() => {
    for (const row of nextUploads(queue)) start(row)

    // A twin has no business on the wire.
    for (const row of queue) if (row.phase === 'twin') calls.current.get(row.key)?.()
  }, [queue, start])

  useEffect(() => {
    const resume = () => {
      for (const row of latest.current.queue) {
        if (row.code === 'network.lost') dispatch({ type: 'retried', key: row.key })
      }
    }
    window.addEventListener('online', resume)
    const running = calls.current

    return () => {
      window.removeEventListener('online', resume)
      for (const cancel of running.values()) cancel()
      hasher.current?.stop()
      hasher.current = undefined
    }
  }, [])

  useWarnWhileMoving(queue)

  return {
    queue,
    add: (chosen) => {
      const rows = acceptFiles(chosen, { ...latest.current, newKey })
      rows.forEach((row, index) => {
        const file = chosen[index]

        if (file !== undefined && row.phase === 'waiting') files.current.set(row.key, file)
      })
      dispatch({ type: 'added', rows })
    },
    remove: (key) => {
      dispatch({ type: 'removed', key })
      calls.current.get(key)?.()
      files.current.delete(key)
    },
    retry: (key) => dispatch({ type: 'retried', key }),
  }
}

/** The page may be left at any time; only while bytes move the browser asks first. */
function useWarnWhileMoving(queue: UploadQueue): void {
  const isMoving = queue.some(({ phase }) => phase === 'uploading')

  useEffect(() => {
    if (!isMoving) return

    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)

    return () => window.removeEventListener('beforeunload', ask)
  }, [isMoving])
}
