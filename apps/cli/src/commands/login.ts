import { createNewLoginLink, loadConfig } from '@muhr/server'
import { defineCommand } from 'citty'

/** `muhr login`: a new one-time link for the owner of the sandbox, while the server runs. */
export const login = defineCommand({
  meta: { name: 'login', description: 'Print a new one-time login link (sandbox)' },
  run: async () => {
    const config = loadConfig(process.env, { mode: 'sandbox' })
    const link = await createNewLoginLink(config)
    if (link === undefined) {
      process.stderr.write(
        'No sandbox was ever started on this data folder. Start one with npm start.\n',
      )
      process.exit(1)
    }
    process.stdout.write(`${link}\n`)
  },
})
