import { defineCommand } from 'citty'
import { runInProcess } from '../command/run-guarded.ts'

/** `muhr sign`: makes signatures with a software key. */
export const sign = defineCommand({
  meta: {
    name: 'sign',
    description:
      'Sign files with a key store, a PEM key or a CryptoPro container. Exit: 0 signed, 64 usage, 65 unreadable',
  },
  args: {
    file: {
      type: 'positional',
      required: false,
      description: 'Files to sign; - is standard input',
    },
    key: {
      type: 'string',
      description: 'Key store (.p12, .pfx), PEM or DER key, or folder of a CryptoPro container',
    },
    cert: {
      type: 'string',
      description: 'Certificate of the key, and of its authorities; may be repeated',
    },
    'password-file': {
      type: 'string',
      description: 'Password or PIN in a file; else MUHR_KEY_PASSWORD, else asked for',
    },
    attached: { type: 'boolean', description: 'Put the document into the signature' },
    format: {
      type: 'string',
      description: 'cades-b (default), cades-t (with --tsa), cms, xmldsig or xades-b',
    },
    tsa: { type: 'string', description: 'Address of a time-stamp service (RFC 3161)' },
    profile: {
      type: 'string',
      description:
        'Spelling: kz-ncalayer, ru-cryptopro, ru-tc26, uz-e-imzo, etsi; default: by the key',
    },
    encoding: {
      type: 'string',
      description: 'der (default), ber (as E-IMZO and CryptoPro) or pem',
    },
    out: { type: 'string', description: 'Where to write; - is standard output' },
    force: { type: 'boolean', description: 'Write over a file that is there' },
  },
  run: async ({ rawArgs }) => {
    await runInProcess(rawArgs, async (args, io) => {
      const { runSign } = await import('../sign/run-sign.ts')

      return runSign(args, io)
    })
  },
})
