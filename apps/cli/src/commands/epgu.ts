import { defineCommand } from 'citty'
import { runInProcess } from '../command/run-guarded.ts'

/** `muhr epgu`: raw calls to ESIA and the gateway of Gosuslugi. */
export const epgu = defineCommand({
  meta: {
    name: 'epgu',
    description:
      'Call Gosuslugi (EPGU): token, reserve, package, check, push, status, history, statuses, updated, download, cancel, dictionary. Exit: 0 done, 1 refused, 2 an answer was lost, 64 usage, 65 unreadable or unreachable',
  },
  args: {
    action: { type: 'positional', required: false, description: 'The call; see docs/epgu.md' },
    esia: { type: 'string', description: 'Address of ESIA; else MUHR_ESIA_URL' },
    epgu: { type: 'string', description: 'Address of the gateway; else MUHR_EPGU_URL' },
    ca: { type: 'string', description: 'Authorities that https hosts are trusted by as well, PEM' },
    'api-key-file': {
      type: 'string',
      description: 'File with the API-Key; else MUHR_ESIA_API_KEY',
    },
    'token-file': {
      type: 'string',
      description: 'A token that was fetched before, instead of key and API-Key',
    },
    key: { type: 'string', description: 'Key file or folder of a CryptoPro container' },
    'stored-key': { type: 'string', description: 'Id of a signer key of this installation' },
    'password-file': {
      type: 'string',
      description: 'Password or PIN in a file; else MUHR_KEY_PASSWORD, else asked for',
    },
    json: { type: 'boolean', description: 'Print JSON' },
  },
  run: async ({ rawArgs }) => {
    await runInProcess(rawArgs, async (args, io) => {
      const { runEpgu } = await import('../epgu/run-epgu.ts')

      return runEpgu(args, io)
    })
  },
})
