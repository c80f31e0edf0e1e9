import { MuhrError } from '@muhr/identifiers'
import { createLog, loadConfig } from '@muhr/server'
import { defineCommand } from 'citty'
import { listenForStop } from '../serve/listen-for-stop.ts'
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
    const lost = Promise.withResolvers<number>()
    const stop = listenForStop({
      onRequest: (signal) => {
        // The terminal may be gone: nobody reads on then.
        process.stdout.on('error', () => undefined)
        process.stderr.on('error', () => undefined)

        if (signal === 'SIGINT') {
          say('')
          say('Stopping. Press Ctrl-C again to stop at once.')
        }
      },
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
        signal: stop.signal,
        onLost: (what) => {
          if (stop.signal.aborted) {
            return
          }
          process.stderr.write(`The ${what} ended unexpectedly. Start again; nothing is lost.\n`)
          lost.resolve(1)
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
      const code = await Promise.race([stop.requested.then(() => 0), lost.promise])
      await installation.stop()
      process.exit(code)
    } catch (error) {
      if (stop.signal.aborted) {
        process.exit(130)
      }
      if (!(error instanceof MuhrError)) {
        throw error
      }
      process.stderr.write(`${error.message}\n${error.advice}\n`)
      process.exit(1)
    }
  },
})
