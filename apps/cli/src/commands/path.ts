import { defineCommand } from 'citty'
import { runInProcess } from '../command/run-guarded.ts'

/** `muhr path`: validates the certification path of one certificate, offline. */
export const path = defineCommand({
  meta: {
    name: 'path',
    description:
      'Validate the certification path of a certificate by RFC 5280, offline. Exit: 0 valid, 1 invalid, 2 data missing, 64 usage, 65 unreadable',
  },
  args: {
    leaf: {
      type: 'positional',
      required: false,
      description: 'The certificate, PEM or DER; - is standard input',
    },
    trust: {
      type: 'string',
      description: 'Certificates where paths may end: a file or folder; may be repeated',
    },
    cert: {
      type: 'string',
      description: 'Other certificates to build with: a file or folder; may be repeated',
    },
    crl: {
      type: 'string',
      description:
        'Revocation lists, complete or delta: a file or folder; may be repeated. Every certificate of the path is then looked up',
    },
    ocsp: { type: 'string', description: 'OCSP answers: a file or folder; may be repeated' },
    'check-revocation': {
      type: 'boolean',
      description: 'Look up revocation though neither --crl nor --ocsp is given',
    },
    at: { type: 'string', description: 'Validate as of this time (ISO 8601); default: now' },
    policy: {
      type: 'string',
      description: 'OID of a certificate policy that will do; may be repeated; default: any',
    },
    'explicit-policy': {
      type: 'boolean',
      description: 'The path must be valid under one of those policies',
    },
    'inhibit-policy-mapping': { type: 'boolean', description: 'No CA may map policies' },
    'inhibit-any-policy': { type: 'boolean', description: 'anyPolicy stands for no policy' },
    json: { type: 'boolean', description: 'Print the result as JSON' },
  },
  run: async ({ rawArgs }) => {
    await runInProcess(rawArgs, async (args, io) => {
      const { runPath } = await import('../path/run-path.ts')

      return runPath(args, io)
    })
  },
})
