/** Computes digests beside the page, so that typing never stutters. */
export function createHasher(): {
  readonly hash: (key: string, file: Blob) => Promise<string>
  readonly stop: () => void
} {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<
    string,
    { readonly done: (sha256: string) => void; readonly fail: () => void }
  >()
  worker.addEventListener('message', (event: MessageEvent<{ key: string; sha256?: string }>) => {
    const { key, sha256 } = event.data
    const entry = waiting.get(key)
    waiting.delete(key)

    if (sha256 === undefined) entry?.fail()
    else entry?.done(sha256)
  })
  worker.addEventListener('error', () => {
    for (const entry of waiting.values()) entry.fail()

    waiting.clear()
  })

  return {
    hash: (key, file) =>
      new Promise((resolve, reject) => {
        waiting.set(key, {
          done: resolve,
          fail: () => reject(new TypeError('the file could not be read')),
        })
        worker.postMessage({ key, file })
      }),
    stop: () => worker.terminate(),
  }
}
