import { asProblem, lostConnection, type ProblemError, readProblem } from './problem.ts'
import { newIdempotencyKey } from './request.ts'

/**
 * Sends one file as the raw body, streamed from the disk by the browser. XMLHttpRequest, because
 * fetch tells nothing of the bytes sent. The promise fails with ProblemError; the answer is trusted to
 * have the shape `T`: both ends are one release.
 */
export function uploadBytes<T>(
  path: string,
  options: { readonly file: Blob; readonly onProgress: (sentBytes: number) => void },
): { readonly done: Promise<T>; readonly cancel: () => void } {
  const call = new XMLHttpRequest()
  const done = new Promise<T>((resolve, reject: (problem: ProblemError) => void) => {
    call.open('POST', path)
    call.setRequestHeader('content-type', 'application/octet-stream')
    call.setRequestHeader('accept', 'application/json')
    call.setRequestHeader('idempotency-key', newIdempotencyKey())
    call.upload.addEventListener('progress', (event) => options.onProgress(event.loaded))
    call.addEventListener('error', () => reject(lostConnection(undefined)))
    call.addEventListener('abort', () => reject(lostConnection('aborted')))
    call.addEventListener('load', () => {
      const body = parse(call.responseText)

      if (call.status >= 200 && call.status < 300) resolve(body as T)
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
