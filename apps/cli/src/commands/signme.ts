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
    'key-field': { type: 'string', description: 'key (default), or api_key of the newer API' },
    phone: { type: 'string', description: 'sign: whose signature, by phone' },
    email: { type: 'string', description: 'sign: by e-mail' },
    snils: { type: 'string', description: 'sign: by SNILS' },
    inn: { type: 'string', description: 'sign: on behalf of the company with this INN' },
    ogrn: { type: 'string', description: 'sign: on behalf of the company with this OGRN' },
    signer: { type: 'string', description: 'sign: all of these in a JSON file' },
    return: { type: 'string', description: 'sign: where the browser comes back to' },
    push: { type: 'string', description: 'sign: what their server calls instead (GET:)' },
    'no-email': { type: 'boolean', description: 'sign: no e-mail to the signer (poemail)' },
    sms: { type: 'boolean', description: 'sign: an SMS code as well (forcesms)' },
    notify: { type: 'boolean', description: 'sign: tell the notification URL (IF)' },
    reason: { type: 'string', description: 'reject: why' },
    md5: { type: 'string', description: 'check, container: an MD5 in place of the file' },
    out: { type: 'string', description: 'check: a folder for containers; container: the file' },
    force: { type: 'boolean', description: 'check, container: write over what is there' },
    json: { type: 'boolean', description: 'Print JSON' },
  },
  run: async ({ rawArgs }) => {
    await runInProcess(rawArgs, async (args, io) => {
      const { runSignme } = await import('../signme/run-signme.ts')

      return runSignme(args, io)
    })
  },
})
