import { defineCommand } from 'citty'
import { runInProcess } from '../command/run-guarded.ts'

/** `muhr verify`: checks signatures and evidence bundles, offline. */
export const verify = defineCommand({
  meta: {
    name: 'verify',
    description:
      'Check signatures and evidence bundles, offline. Exit: 0 proven, 1 fails, 2 data missing, 64 usage, 65 not a signature',
  },
  args: {
    file: {
      type: 'positional',
      required: false,
      description: 'Signatures, evidence bundles, or folders of them; - is standard input',
    },
    content: { type: 'string', description: 'The document of a detached signature' },
    trust: {
      type: 'string',
      description: 'Root certificates that you trust: a file or folder; may be repeated',
    },
    at: { type: 'string', description: 'Check as of this time (ISO 8601); default: now' },
    policy: {
      type: 'string',
      description: 'etsi-basic (default), ru-63fz, kz-1187, kz-500, uz-e-imzo or sandbox',
    },
    json: { type: 'boolean', description: 'Print the report as JSON' },
  },
  run: async ({ rawArgs }) => {
    await runInProcess(rawArgs, async (args, io) => {
      const { runVerify } = await import('../verify/run-verify.ts')

      return runVerify(args, io)
    })
  },
})
