/** A sandbox in a process of its own, in the folder of argv; tells its peak memory when asked. */
import { startSandbox } from '../start-sandbox.ts'
import { FREE_PORTS } from './free-ports.ts'

const sandbox = await startSandbox({
  dir: process.argv[2] ?? '',
  ports: FREE_PORTS,
  epguStepMs: 0,
})
process.send?.(sandbox.ready)
process.on('message', () => {
  // KiB on Linux.
  process.send?.({ peakBytes: process.resourceUsage().maxRSS * 1024 })
})
process.once('disconnect', async () => {
  await sandbox.stop()
  process.exit(0)
})
