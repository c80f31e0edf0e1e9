import { defineCommand } from 'citty'
import { runInProcess } from '../command/run-guarded.ts'

/** `muhr inspect`: what a file is and what it holds. */
export const inspect = defineCommand({
  meta: {
    name: 'inspect',
    description:
      'Say what a file is and holds: signature, certificate, CRL, OCSP answer, time-stamp, key store, evidence',
  },
  args: {
    file: { type: 'positional', required: false, description: 'The file; - is standard input' },
    'password-file': {
      type: 'string',
      description: 'File with the password of a key store; without it the password is asked for',
    },
    json: { type: 'boolean', description: 'Print what was found as JSON' },
  },
  run: async ({ rawArgs }) => {
    await runInProcess(rawArgs, async (args, io) => {
      const { runInspect } = await import('../inspect/run-inspect.ts')

      return runInspect(args, io)
    })
  },
})
