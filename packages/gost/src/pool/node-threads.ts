/**
 * `node:worker_threads` where Node runs us, asked for at run time: bundles for browsers see no import of it.
 */
export function nodeThreads(): typeof import('node:worker_threads') | undefined {
  return globalThis.process?.getBuiltinModule?.('node:worker_threads')
}
