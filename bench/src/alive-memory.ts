import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Memory of the process that is still referred to, MB. */
export function aliveMb(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()

  return (heapUsed + external) / 1e6
}
