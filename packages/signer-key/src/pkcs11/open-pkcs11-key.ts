import { writeFile } from 'node:fs/promises'
import { decodeContainer, digestOf, type GostScheme, type Signer } from '@muhr/pki'
import { withPrivateFolder } from '../command/private-folder.ts'
import { readOutput } from '../command/read-output.ts'
import { runTool } from '../command/run-tool.ts'
import { createUnattendedKey, type SealMaker } from '../create-unattended-key.ts'
import { defaultToolTimeoutMs } from '../csp/csp-settings.ts'
import { describeSignerKey, gostSchemeOf, readCertificate } from '../describe-signer-key.ts'
import { SignerKeyError } from '../error.ts'
import { fromPki } from '../from-pki-error.ts'
import { sealWithSigner } from '../seal-with-signer.ts'
import type { UnattendedSignerKey } from '../signer-key.ts'
import { judgePkcs11Answer } from './judge-pkcs11-answer.ts'
import { orderTokenSignature } from './order-token-signature.ts'
import { checkPkcs11Settings, type Pkcs11Settings } from './pkcs11-settings.ts'

/** The variable that the PIN goes through: `--pin env:NAME`. */
const pinVariable = 'MUHR_TOKEN_PIN'
/** A raw signature has 64 or 128 octets; a certificate some kilobytes. */
const maxOutputBytes = 64 * 1024

/**
 * A key on a PKCS#11 token, asked by `pkcs11-tool` of OpenSC. The token signs the digest of the signed
 * attributes; the container is built here, so that a file of any size costs the token nothing.
 *
 * @param certificate X.509, DER; {@link readTokenCertificate} finds it
 * Throws `signer-key.bad-settings`, `signer-key.not-gost-2012`; when it signs: the codes of tools,
 * `signer-key.certificate-mismatch` when the token's signature is not by this certificate's key.
 */
export function openPkcs11Key(
  settings: Pkcs11Settings,
  certificate: Uint8Array,
): UnattendedSignerKey {
  checkPkcs11Settings(settings)
  const read = readCertificate(certificate)
  const scheme = gostSchemeOf(read)
  const make: SealMaker = (source, options) => {
    const key: Signer = {
      scheme,
      spki: read.spki,
      sign: async (data) => {
        const value = await signOnToken(settings, { data, scheme, signal: options.signal })
        const ordered = orderTokenSignature(value, { spki: read.spki, scheme, data })
        if (ordered === undefined) {
          throw new SignerKeyError({
            code: 'signer-key.certificate-mismatch',
            message: 'The key on the token is not the one of the certificate.',
          })
        }

        return ordered
      },
    }

    return sealWithSigner({ key, certificate: read })(source, options)
  }

  return createUnattendedKey({ description: describeSignerKey('pkcs11', certificate), make })
}

/**
 * Reads the certificate that lies on the token beside the key.
 *
 * @returns X.509, DER
 * Throws the codes of tools, `signer-key.key-not-found`, `signer-key.unreadable`.
 */
export async function readTokenCertificate(
  settings: Pkcs11Settings,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Uint8Array> {
  checkPkcs11Settings(settings)

  return withPrivateFolder(settings.workFolder, async (folder) => {
    const output = folder.path('certificate')
    const args = ['--read-object', '--type', 'cert', '--output-file', output]
    await run(settings, { args, signal: options.signal })
    const bytes = await readOutput(output, maxOutputBytes)

    return readCertificate(fromPki(() => decodeContainer(bytes))).bytes
  })
}

function mechanismOf({ id }: GostScheme, digest: Pkcs11Settings['digest']): string {
  const isLong = id === 'ru-2012-512'
  if (digest === 'token') {
    return `GOSTR3410-WITH-GOSTR3411-12-${isLong ? 512 : 256}`
  }

  return isLong ? 'GOSTR3410_512' : 'GOSTR3410'
}

function signOnToken(
  settings: Pkcs11Settings,
  input: {
    readonly data: Uint8Array
    readonly scheme: GostScheme
    readonly signal: AbortSignal | undefined
  },
): Promise<Uint8Array> {
  const { scheme, data, signal } = input

  return withPrivateFolder(settings.workFolder, async (folder) => {
    const [subject, output] = [folder.path('subject'), folder.path('signature')]
    const octets = settings.digest === 'token' ? data : digestOf(scheme.digestOid, data)
    await writeFile(subject, octets, { mode: 0o600, flag: 'wx' })
    await run(settings, {
      args: [
        ...['--sign', '--mechanism', mechanismOf(scheme, settings.digest)],
        ...['--input-file', subject, '--output-file', output],
      ],
      signal,
    })
    const value = await readOutput(output, maxOutputBytes)
    if (value.length !== 2 * scheme.coordinateLength) {
      throw new SignerKeyError({
        code: 'signer-key.seal-invalid',
        message: 'The signature of the token has another length than its key asks for.',
        data: { bytes: value.length },
      })
    }

    return value
  })
}

async function run(
  settings: Pkcs11Settings,
  { args, signal }: { readonly args: readonly string[]; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const { module, keyId, tokenLabel, pin, program = 'pkcs11-tool', timeoutMs } = settings
  const answer = await runTool({
    program,
    args: [
      ...['--module', module],
      ...(tokenLabel === undefined ? [] : ['--token-label', tokenLabel]),
      ...(pin === undefined ? [] : ['--login', '--pin', `env:${pinVariable}`]),
      ...['--id', keyId.toLowerCase()],
      ...args,
    ],
    env: pin === undefined ? {} : { [pinVariable]: pin },
    timeoutMs: timeoutMs ?? defaultToolTimeoutMs,
    signal,
  })
  judgePkcs11Answer(answer)
}
