import { asProblem, lostConnection, type ProblemError, readProblem } from '../../api/problem.ts'
import { newIdempotencyKey } from '../../api/request.ts'
import type { StoredDocument } from '../../api/types.ts'

/**
 * Sends one file as the raw body, streamed from the disk by the browser. XMLHttpRequest, because
 * fetch tells nothing of the bytes sent. The promise fails with ProblemError.
 */
export function uploadFile(options: {
  readonly file: Blob
  readonly fileName: string
  readonly mediaType: string
  readonly onProgress: (sentBytes: number) => void
}): { readonly done: Promise<StoredDocument>; readonly cancel: () => void } {
  const call = new XMLHttpRequest()
  const query = new URLSearchParams({ fileName: options.fileName, mediaType: options.mediaType })
  const done = new Promise<StoredDocument>((resolve, reject: (problem: ProblemError) => void) => {
    call.open('POST', `/v1/documents?${query}`)
    call.setRequestHeader('content-type', 'application/octet-stream')
    call.setRequestHeader('accept', 'application/json')
    call.setRequestHeader('idempotency-key', newIdempotencyKey())
    call.upload.addEventListener('progress', (event) => options.onProgress(event.loaded))
    call.addEventListener('error', () => reject(lostConnection(undefined)))
    call.addEventListener('abort', () => reject(lostConnection('aborted')))
    call.addEventListener('load', () => {
      const body = parse(call.responseText)

      if (call.status >= 200 && call.status < 300) resolve(body as StoredDocument)
      else reject(readProblem(call.status, body))
    })
    call.send(options.file)
  })

  return { done, cancel: () => call.abort() }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return asProblem(error)
  }
}
