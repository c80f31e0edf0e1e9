import { createNewLoginLink, loadConfig } from '@muhr/server'
import { defineCommand } from 'citty'

/** `muhr login`: a new one-time link for an owner, beside a running server. */
export const login = defineCommand({
  meta: { name: 'login', description: 'Print a new one-time login link' },
  args: {
    organisation: { type: 'string', description: 'Id of the organisation; default: the first' },
  },
  run: async ({ args }) => {
    const link = await createNewLoginLink(loadConfig(process.env), args.organisation)
    if (link === undefined) {
      process.stderr.write(
        'There is no such organisation in this data folder. npm start makes the sandbox; npx muhr organisation add makes a real one.\n',
      )
      process.exit(1)
    }
    process.stdout.write(`${link}\n`)
  },
})
