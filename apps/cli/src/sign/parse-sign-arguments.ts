import { type SignatureProfileName, signatureProfiles } from '@muhr/pki'
import { usageError } from '../command/cli-error.ts'
import { parseArguments } from '../command/parse-arguments.ts'

export const signUsage =
  'muhr sign FILE...|- --key KEY|FOLDER.000 [--cert FILE]... [--password-file FILE|-] [--attached] [--format cms|cades-b|cades-t|xmldsig|xades-b] [--tsa URL] [--profile NAME] [--encoding der|ber|pem] [--out FILE|-] [--force]'

export const signatureFormats = ['cms', 'cades-b', 'cades-t', 'xmldsig', 'xades-b'] as const
export type WantedFormat = (typeof signatureFormats)[number]

const encodings = ['der', 'ber', 'pem'] as const
export type WantedEncoding = (typeof encodings)[number]

/** What `muhr sign` is asked to do. */
export type SignRequest = {
  readonly files: readonly string[]
  readonly key: string
  /** Certificates beside the key, for keys that come without. */
  readonly certificates: readonly string[]
  readonly passwordFile: string | undefined
  readonly isAttached: boolean
  readonly format: WantedFormat
  readonly tsaUrl: string | undefined
  readonly profile: SignatureProfileName | undefined
  readonly encoding: WantedEncoding
  readonly out: string | undefined
  readonly mayOverwrite: boolean
}

/** One of a list, or the first of it. */
function oneOf<const Value extends string>(
  option: string,
  given: string | undefined,
  { values, fallback }: { readonly values: readonly Value[]; readonly fallback: Value },
): Value {
  const found = given === undefined ? fallback : values.find((value) => value === given)
  if (found === undefined) {
    throw usageError(`--${option} is none that is known.`, `Write one of: ${values.join(', ')}.`)
  }

  return found
}

function parseTsa(text: string | undefined): string | undefined {
  if (text !== undefined && !(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) {
    throw usageError(
      '--tsa is no address.',
      'Write the http or https address of a time-stamp service.',
    )
  }

  return text
}

/**
 * Reads the command line of `muhr sign`.
 * @throws CliError `cli.usage`
 */
export function parseSignArguments(args: readonly string[]): SignRequest {
  const { values, positionals } = parseArguments(args, {
    usage: signUsage,
    options: {
      key: { type: 'string' },
      cert: { type: 'string', multiple: true },
      'password-file': { type: 'string' },
      attached: { type: 'boolean' },
      format: { type: 'string' },
      tsa: { type: 'string' },
      profile: { type: 'string' },
      encoding: { type: 'string' },
      out: { type: 'string' },
      force: { type: 'boolean' },
    },
  })
  const request = {
    files: positionals,
    key: values.key ?? '',
    certificates: values.cert ?? [],
    passwordFile: values['password-file'],
    isAttached: values.attached === true,
    format: oneOf('format', values.format, { values: signatureFormats, fallback: 'cades-b' }),
    tsaUrl: parseTsa(values.tsa),
    profile:
      values.profile === undefined
        ? undefined
        : oneOf('profile', values.profile, {
            values: Object.keys(signatureProfiles) as SignatureProfileName[],
            fallback: 'etsi',
          }),
    encoding: oneOf('encoding', values.encoding, { values: encodings, fallback: 'der' }),
    out: values.out,
    mayOverwrite: values.force === true,
  }
  refuseContradictions(request)

  return request
}

function refuseContradictions(request: SignRequest): void {
  const { files, key, format, tsaUrl, out, encoding, passwordFile } = request
  const isXml = format === 'xmldsig' || format === 'xades-b'
  const refuse = (message: string, advice = `Usage: ${signUsage}`) => {
    throw usageError(message, advice)
  }
  if (files.length === 0) {
    refuse('No file is named.')
  }
  if (key === '') {
    refuse(
      'No key is named.',
      'Name a key store or key with --key: .p12, .pfx, .pem or a folder NAME.000.',
    )
  }
  if (files.length > 1 && (out !== undefined || files.includes('-'))) {
    refuse(
      'Several files cannot go to one place.',
      'Leave --out and - out, or sign one file at a time.',
    )
  }
  if ([...files, passwordFile].filter((path) => path === '-').length > 1) {
    refuse('Standard input can be read only once.', 'Name a file in place of one -.')
  }
  if (format === 'cades-t' && tsaUrl === undefined) {
    refuse('CAdES-T needs a time-stamp service.', 'Name it: --tsa http://…')
  }
  if (format !== 'cades-t' && tsaUrl !== undefined) {
    refuse('--tsa goes with --format cades-t alone.')
  }
  if (isXml && (encoding !== 'der' || request.isAttached || request.profile !== undefined)) {
    refuse('--encoding, --attached and --profile go with CMS and CAdES alone.')
  }
}
