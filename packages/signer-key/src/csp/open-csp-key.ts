import { join } from 'node:path'
import { decodeContainer, parseSignedData } from '@muhr/pki'
import { maxSealBytes } from '../check-seal.ts'
import { withPrivateFolder } from '../command/private-folder.ts'
import { readOutput } from '../command/read-output.ts'
import { runTool } from '../command/run-tool.ts'
import {
  createUnattendedKey,
  foreignClockMs,
  type RawSeal,
  type SealMaker,
} from '../create-unattended-key.ts'
import { describeSignerKey, gostSchemeOf, readCertificate } from '../describe-signer-key.ts'
import { SignerKeyError } from '../error.ts'
import { fromPki } from '../from-pki-error.ts'
import type { UnattendedSignerKey } from '../signer-key.ts'
import { cspCall } from './csp-arguments.ts'
import {
  type CspSettings,
  cspFolder,
  defaultToolTimeoutMs,
  readThumbprint,
} from './csp-settings.ts'
import { judgeCspAnswer } from './judge-csp-answer.ts'

/**
 * A key in CryptoPro CSP, asked by its command line. The programs put their own clock's time, which may
 * be ten minutes from the wanted one. They read files only: the content is written to a private folder
 * for the while.
 *
 * @param certificate X.509, DER; {@link readCspCertificate} finds it
 * Throws `signer-key.bad-settings`, `signer-key.certificate-mismatch` (another thumbprint),
 * `signer-key.not-gost-2012`.
 */
export function openCspKey(settings: CspSettings, certificate: Uint8Array): UnattendedSignerKey {
  const description = describeSignerKey('csp', certificate)
  const scheme = gostSchemeOf(readCertificate(certificate))
  if (readThumbprint(settings.thumbprint) !== description.sha1) {
    throw new SignerKeyError({
      code: 'signer-key.certificate-mismatch',
      message: 'The certificate has another thumbprint than the one that was named.',
    })
  }

  return createUnattendedKey({
    description,
    clockMs: foreignClockMs,
    make: cspMaker(settings, {
      bits: scheme.id === 'ru-2012-256' ? 256 : 512,
      digestOid: scheme.digestOid,
    }),
  })
}

type Algorithm = { readonly bits: 256 | 512; readonly digestOid: string }

const digestOids = { 256: '1.2.643.7.1.1.2.2', 512: '1.2.643.7.1.1.2.3' } as const

function cspMaker(settings: CspSettings, { bits, digestOid }: Algorithm): SealMaker {
  const thumbprint = readThumbprint(settings.thumbprint)

  return (source, { signal }) =>
    withPrivateFolder(settings.workFolder, async (folder): Promise<RawSeal> => {
      const content = await folder.place('content', source, digestOid)
      const files = { content: folder.path('content'), seal: folder.path('seal') }
      const answer = await runTool({
        program: settings.program ?? join(cspFolder, settings.tool),
        ...cspCall(settings, { thumbprint, bits, files }),
        timeoutMs: settings.timeoutMs ?? defaultToolTimeoutMs,
        signal,
      })
      judgeCspAnswer(answer)

      return { container: await readOutput(files.seal, 2 * maxSealBytes), content }
    })
}

/**
 * Finds the certificate of a thumbprint by a trial signature over a few bytes, which CSP puts it into:
 * so it is known at once that its key signs.
 *
 * @returns X.509, DER
 * Throws as signing does, and `signer-key.key-not-found` when no certificate of that thumbprint came.
 */
export async function readCspCertificate(
  settings: CspSettings,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Uint8Array> {
  const thumbprint = readThumbprint(settings.thumbprint)
  let refusal: unknown
  // Which of the two algorithms the key has, is not known before its certificate is.
  for (const bits of [256, 512] as const) {
    try {
      const make = cspMaker(settings, { bits, digestOid: digestOids[bits] })
      const { container } = await make(new TextEncoder().encode('Muhr'), {
        signingTime: new Date(0),
        signal: options.signal,
      })
      const { certificates } = fromPki(() => parseSignedData(decodeContainer(container)))
      const own = certificates.find((each) => describeSignerKey('csp', each).sha1 === thumbprint)
      if (own !== undefined) {
        return own
      }
    } catch (error) {
      if (!(error instanceof SignerKeyError) || error.code !== 'signer-key.tool-failed') {
        throw error
      }
      refusal ??= error
    }
  }
  throw (
    refusal ??
    new SignerKeyError({
      code: 'signer-key.key-not-found',
      message: 'The trial signature came without the certificate of that thumbprint.',
    })
  )
}
