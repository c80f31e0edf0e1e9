import { join } from 'node:path'
import { loadConfig } from '@muhr/server/config'
import { defineCommand } from 'citty'
import { startSandboxProcess } from '../serve/start-sandbox-process.ts'

/** `muhr sandbox`: the simulators alone, until stopped. */
export const sandbox = defineCommand({
  meta: { name: 'sandbox', description: 'Start the simulators of the national services alone' },
  args: {
    json: {
      type: 'boolean',
      default: false,
      description: 'Print one JSON line when ready: addresses, CA file, accounts, keys, secret',
    },
    compat: {
      type: 'boolean',
      default: false,
      description: 'Allow what live services and published clients are known to do',
    },
  },
  run: async ({ args }) => {
    const config = loadConfig(process.env, { mode: 'sandbox' })
    const running = await startSandboxProcess({
      dir: join(config.dataDir, 'sandbox'),
      ports: config.sandboxPorts,
      host: '127.0.0.1',
      gatewayUrl: config.publicUrl,
      allowedHosts: [new URL(config.publicUrl).host],
      isCompat: args.compat,
      onExit: (code) => process.exit(code ?? 1),
    })
    const { ready } = running
    process.stdout.write(
      args.json
        ? `${JSON.stringify(ready)}\n`
        : [
            `Console and phone   ${ready.console}`,
            `Phone of Goskey     ${ready.goskey.phone}`,
            `ESIA                ${ready.esia}`,
            `EPGU and Goskey     ${ready.epgu}`,
            `Sign.Me             ${ready.signme}`,
            `All over https      ${ready.tls.url}`,
            `Test CA, OCSP, TSA  ${ready.trust}`,
            `CA file             ${ready.caFile}`,
            'Stop: Ctrl-C',
            '',
          ].join('\n'),
    )
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve)
      process.once('SIGTERM', resolve)
    })
    await running.stop()
    process.exit(0)
  },
})
