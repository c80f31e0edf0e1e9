import { defineCommand } from 'citty'
import { runInProcess } from '../command/run-guarded.ts'

/** `muhr signme`: raw calls to Sign.Me. */
export const signme = defineCommand({
  meta: {
    name: 'signme',
    description:
      'Call Sign.Me: sign, status, check, reject, container. Exit: 0 done, 1 refused or nothing there, 2 an answer was lost, 64 usage, 65 unreadable or unreachable',
  },
  args: {
    action: { type: 'positional', required: false, description: 'The call; see docs/signme.md' },
    signme: { type: 'string', description: 'Address of Sign.Me; else MUHR_SIGNME_URL' },
    'key-file': { type: 'string', description: 'File with the access key; else MUHR_SIGNME_KEY' },
    ca: { type: 'string', description: 'Authorities that the host is trusted by as well, PEM' },
    proxy: { type: 'string', description: 'An http proxy; else MUHR_SIGNME_PROXY' },
    wire: { type: 'string', description: 'form (default), or json of the newer API' },
    json: { type: 'boolean', description: 'Print JSON' },
  },
  run: async ({ rawArgs }) => {
    await runInProcess(rawArgs, async (args, io) => {
      const { runSignme } = await import('../signme/run-signme.ts')

      return runSignme(args, io)
    })
  },
})
