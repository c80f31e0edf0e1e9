import { defineCommand } from 'citty'
import { runInProcess } from '../command/run-guarded.ts'

/** `muhr trust`: the root certificates that this installation trusts. */
export const trust = defineCommand({
  meta: {
    name: 'trust',
    description: 'Keep the root certificates that this installation trusts: add, list, remove',
  },
  args: {
    action: { type: 'positional', required: false, description: 'add, list or remove' },
    file: {
      type: 'positional',
      required: false,
      description: 'add: file with certificates; remove: SHA-256 of one',
    },
    sha256: {
      type: 'string',
      description: 'add: fingerprint that the authority publishes; then nobody is asked',
    },
    'allow-test': {
      type: 'boolean',
      description: 'add: also the test environment of a national authority',
    },
    json: { type: 'boolean', description: 'Print the certificates as JSON' },
  },
  run: async ({ rawArgs }) => {
    await runInProcess(rawArgs, async (args, io) => {
      const { runTrust } = await import('../trust/run-trust.ts')

      return runTrust(args, io)
    })
  },
})
