import { startSandbox } from '@muhr/sandbox'

/** The simulators as a process of their own: whose memory is whose can be told. Ends with its parent. */
process.once('message', async (dir: string) => {
  const sandbox = await startSandbox({
    dir,
    ports: { console: 0, esia: 0, epgu: 0, signme: 0, trust: 0, tls: 0 },
  })
  process.send?.(sandbox.ready)
  process.once('disconnect', () => process.exit(0))
})
