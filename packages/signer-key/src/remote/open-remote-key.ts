import {
  type DigestibleContent,
  decodeContainer,
  digestByOid,
  digestContent,
  encodeBase64,
  type OctetSource,
  parseSignedData,
  piecesOf,
} from '@muhr/pki'
import {
  createUnattendedKey,
  foreignClockMs,
  type RawSeal,
  type SealMaker,
} from '../create-unattended-key.ts'
import { readThumbprint } from '../csp/csp-settings.ts'
import { describeSignerKey, gostSchemeOf, readCertificate } from '../describe-signer-key.ts'
import { isSignerKeyError, SignerKeyError } from '../error.ts'
import { fromPki } from '../from-pki-error.ts'
import type { UnattendedSignerKey } from '../signer-key.ts'
import { post, type RemoteIo } from './post.ts'
import { headOf, type RemoteDigest, streamContentRequest, streamOf } from './remote-request.ts'
import { type RemoteSettings, readServiceAddress } from './remote-settings.ts'

/**
 * A key behind a signing service of the organisation's own, over the small JSON contract of the README.
 * Redirects are not followed, so the secret goes to the configured address alone.
 *
 * @param certificate X.509, DER; {@link readRemoteCertificate} finds it
 * Throws `signer-key.service-address`, `signer-key.bad-settings`, `signer-key.certificate-mismatch`,
 * `signer-key.not-gost-2012`; when it signs: `signer-key.service-*` and the codes that a service names.
 */
export function openRemoteKey(
  settings: RemoteSettings,
  certificate: Uint8Array,
  io: RemoteIo,
): UnattendedSignerKey {
  readServiceAddress(settings.url)
  const description = describeSignerKey('remote', certificate)
  const { digestOid } = gostSchemeOf(readCertificate(certificate))
  if (readThumbprint(settings.thumbprint) !== description.sha1) {
    throw new SignerKeyError({
      code: 'signer-key.certificate-mismatch',
      message: 'The certificate has another thumbprint than the one that was named.',
    })
  }

  return createUnattendedKey({
    description,
    clockMs: foreignClockMs,
    make: remoteMaker(settings, { digestOid, io }),
  })
}

/**
 * Finds the certificate of a thumbprint by a trial signature over a few bytes.
 *
 * @returns X.509, DER
 * Throws as signing does, and `signer-key.key-not-found` when no certificate of that thumbprint came.
 */
export async function readRemoteCertificate(
  settings: RemoteSettings,
  io: RemoteIo & { readonly now: () => Date; readonly signal?: AbortSignal | undefined },
): Promise<Uint8Array> {
  const thumbprint = readThumbprint(settings.thumbprint)
  let refusal: unknown
  // Which of the two algorithms the key has, is not known before its certificate is.
  for (const digestOid of ['1.2.643.7.1.1.2.2', '1.2.643.7.1.1.2.3']) {
    try {
      const make = remoteMaker(settings, { digestOid, io })
      const trial = new TextEncoder().encode('Muhr')
      const { container } = await make(trial, { signingTime: io.now(), signal: io.signal })
      const { certificates } = fromPki(() => parseSignedData(decodeContainer(container)))
      const own = certificates.find((each) => describeSignerKey('remote', each).sha1 === thumbprint)
      if (own !== undefined) {
        return own
      }
    } catch (error) {
      if (!isSignerKeyError(error, 'signer-key.service-refused')) {
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

function remoteMaker(
  settings: RemoteSettings,
  { digestOid, io }: { readonly digestOid: string; readonly io: RemoteIo },
): SealMaker {
  const head = (signingTime: Date) => headOf(readThumbprint(settings.thumbprint), signingTime)

  return async (source, { signingTime, signal }): Promise<RawSeal> => {
    if (settings.sends === 'content') {
      const aside = digestAside(source, digestOid)
      const body = streamOf(streamContentRequest(head(signingTime), aside.pieces))
      const container = await aside.orItsFailure(post(settings, { body, io, signal }))

      return { container, content: aside.digested() }
    }
    const content = await digestContent(source, [digestOid])
    const value = encodeBase64(content.digest(digestOid) ?? new Uint8Array())
    const digest: RemoteDigest = { algorithm: digestOid, value }
    const body = JSON.stringify({ ...head(signingTime), digest })

    return { container: await post(settings, { body, io, signal }), content }
  }
}

/** Digests content while somebody else reads it, and keeps what its source threw apart from the network. */
function digestAside(source: OctetSource, digestOid: string) {
  const state = digestByOid(digestOid).create()
  let failure: { readonly error: unknown } | undefined
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of piecesOf(source)) {
        state.update(piece)
        yield piece
      }
    } catch (error) {
      failure = { error }
      throw error
    }
  }

  return {
    pieces: pieces(),
    orItsFailure: async <T>(sending: Promise<T>): Promise<T> => {
      try {
        return await sending
      } catch (error) {
        throw failure === undefined ? error : failure.error
      }
    },
    digested: (): DigestibleContent => {
      const value = state.digest()

      // A seal without signed attributes is refused anyway, so what the content looks like is no matter.
      return {
        looksLikeAttributes: false,
        digest: (oid) => (oid === digestOid ? value : undefined),
      }
    },
  }
}
