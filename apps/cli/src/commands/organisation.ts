import { checkIdentifier, MuhrError } from '@muhr/identifiers'
import { addOrganisation, loadConfig } from '@muhr/server'
import { defineCommand } from 'citty'

const add = defineCommand({
  meta: {
    name: 'add',
    description: 'Make an organisation with an owner, an API key and eGov Mobile',
  },
  args: {
    name: { type: 'positional', required: true, description: 'Name as its papers say' },
    bin: { type: 'string', required: true, description: 'BIN, 12 digits: signers see it' },
    owner: { type: 'string', default: 'Owner', description: 'Name of the person who owns it here' },
    language: {
      type: 'string',
      default: 'ru',
      description: 'Language of the owner: ru, kk, uz, en',
    },
    'name-kk': { type: 'string', description: 'Name in Kazakh' },
    'name-en': { type: 'string', description: 'Name in English' },
    json: { type: 'boolean', default: false, description: 'Print one JSON line' },
  },
  run: async ({ args }) => {
    const bin = checkIdentifier('bin', args.bin)
    const locale = (['ru', 'kk', 'uz', 'en'] as const).find((each) => each === args.language)
    if (bin.level === 'refusal' || locale === undefined) {
      process.stderr.write(
        bin.level === 'refusal'
          ? 'The BIN has 12 digits. Compare it with the papers.\n'
          : 'The language is ru, kk, uz or en.\n',
      )
      process.exit(64)
    }
    if (bin.level === 'warning') {
      process.stderr.write(
        'Note: the check digit of the BIN does not match. Compare it with the papers.\n',
      )
    }
    try {
      const added = await addOrganisation(loadConfig(process.env), {
        name: args.name,
        names: {
          ...(args['name-kk'] === undefined ? {} : { kk: args['name-kk'] }),
          ...(args['name-en'] === undefined ? {} : { en: args['name-en'] }),
        },
        bin: bin.value,
        ownerName: args.owner,
        locale,
      })
      process.stdout.write(
        args.json
          ? `${JSON.stringify(added)}\n`
          : [
              `Organisation  ${added.id}`,
              `API key       ${added.apiKey}`,
              '              (shown once: keep it where secrets are kept)',
              `Log in        ${added.loginUrl}`,
              '              (once, within 24 hours; another one: npx muhr login)',
              '',
            ].join('\n'),
      )
    } catch (error) {
      if (!(error instanceof MuhrError)) {
        throw error
      }
      process.stderr.write(`${error.message}\n${error.advice}\n`)
      process.exit(1)
    }
  },
})

/** `muhr organisation add`: how an installation begins in live mode. */
export const organisation = defineCommand({
  meta: { name: 'organisation', description: 'Organisations of this installation' },
  subCommands: { add },
})
