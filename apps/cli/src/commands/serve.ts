import { MuhrError } from '@muhr/identifiers'
import { createLog, loadConfig } from '@muhr/server'
import { defineCommand } from 'citty'
import { runInstallation } from '../serve/run-installation.ts'

/** `muhr serve`: database, workers, API and pages until stopped; with `--sandbox` the simulators too. */
export const serve = defineCommand({
  meta: { name: 'serve', description: 'Start the gateway (with --sandbox: and the simulators)' },
  args: {
    sandbox: {
      type: 'boolean',
      default: false,
      description: 'Simulated services and a demo organisation',
    },
  },
  run: async ({ args }) => {
    const startedAt = performance.now()
    const say = (line: string): void => {
      process.stdout.write(`${line}\n`)
    }
    let isFinishing = false
    let finish: (code: number) => void = () => undefined
    const finished = new Promise<number>((resolve) => {
      finish = (code) => {
        isFinishing = true
        resolve(code)
      }
    })
    try {
      const config = loadConfig(process.env, args.sandbox ? { mode: 'sandbox' } : {})
      const log = createLog(config)
      for (const warning of config.warnings) {
        say(`Note: ${warning}`)
      }
      const installation = await runInstallation({
        config,
        log,
        progress: (line) => say(`  ${line}`),
        onLost: (what) => {
          if (isFinishing) {
            return
          }
          process.stderr.write(`The ${what} ended unexpectedly. Start again; nothing is lost.\n`)
          finish(1)
        },
      })
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      say('')
      say(
        `Muhr is ready (${seconds} s): ${installation.sandbox?.access.loginUrl ?? installation.server.url}`,
      )
      if (installation.sandbox !== undefined) {
        say('The link logs you in once. Another one: npx muhr login')
      }
      say('Stop: Ctrl-C')
      process.once('SIGTERM', () => finish(0))
      process.once('SIGINT', () => {
        say('')
        say('Stopping. Press Ctrl-C again to stop at once.')
        process.once('SIGINT', () => process.exit(130))
        finish(0)
      })
      const code = await finished
      await installation.stop()
      process.exit(code)
    } catch (error) {
      if (!(error instanceof MuhrError)) {
        throw error
      }
      process.stderr.write(`${error.message}\n${error.advice}\n`)
      process.exit(1)
    }
  },
})
