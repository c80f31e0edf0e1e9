import { randomBytes } from 'node:crypto'
import {
  augmentToT,
  type CmsSigner,
  createSignedData,
  createSignedDataStream,
  createXmlSignature,
  signatureProfiles,
  writePem,
  type XmlProfileName,
} from '@muhr/pki'
import { type OpenInput, readWhole } from '../command/read-input.ts'
import { askTimeStamp } from './ask-time-stamp.ts'
import type { OpenedSigner } from './open-signer.ts'
import type { SignRequest } from './parse-sign-arguments.ts'

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** `cms` leaves the signing certificate out, CAdES wants it whatever the country does. */
function cmsSigner(signer: OpenedSigner, request: SignRequest, now: Date): CmsSigner {
  const isCades = request.format !== 'cms'
  const profile = request.profile === undefined ? undefined : signatureProfiles[request.profile]

  return {
    key: signer.key,
    certificate: signer.certificate,
    signingTime: now,
    ...(profile === undefined ? {} : { profile }),
    signingCertificate: isCades ? 'v2' : 'none',
  }
}

const nonce = (): bigint => BigInt(`0x${randomBytes(8).toString('hex')}`) | 1n

async function makeCms(
  input: OpenInput,
  { signer, request, now }: { signer: OpenedSigner; request: SignRequest; now: Date },
): Promise<Pieces> {
  const encoding = request.encoding === 'ber' ? ('ber' as const) : ('der' as const)
  const spec = {
    signers: [cmsSigner(signer, request, now)],
    certificates: signer.certificates.map(({ bytes }) => bytes),
    encoding,
  }
  const isText = request.encoding === 'pem'
  const { tsaUrl } = request
  // What is written as it is made may be of any size; a stamp and text want the whole.
  if (request.isAttached && tsaUrl === undefined && !isText) {
    return createSignedDataStream({ ...spec, content: input.source })
  }
  const container = request.isAttached
    ? await createSignedData({ ...spec, form: 'attached', content: await readWhole(input, '') })
    : await createSignedData({ ...spec, form: 'detached', content: input.source })
  const stamped =
    tsaUrl === undefined
      ? container
      : await augmentToT(container, { timeStamp: (query) => askTimeStamp(tsaUrl, query), nonce })

  return [isText ? new TextEncoder().encode(writePem('CMS', stamped)) : stamped]
}

const xmlProfileOf = { RU: 'ru', KZ: 'kz', UZ: 'etsi' } as const satisfies Record<
  string,
  XmlProfileName
>

async function makeXml(
  input: OpenInput,
  { signer, request, now }: { signer: OpenedSigner; request: SignRequest; now: Date },
): Promise<Pieces> {
  const { country } = signer.key.scheme

  return [
    await createXmlSignature({
      form: 'enveloped',
      document: await readWhole(input, ''),
      signer: {
        certificate: signer.certificate,
        key: signer.key,
        certificates: signer.certificates.map(({ bytes }) => bytes),
      },
      profile: country === null ? 'etsi' : xmlProfileOf[country],
      ...(request.format === 'xades-b'
        ? { xades: { signingTime: now }, id: `id-${randomBytes(8).toString('hex')}` }
        : {}),
    }),
  ]
}

/**
 * Signs one document. Attached CMS comes in pieces as it is made, everything else whole.
 * @throws PkiError as the makers do, CliError `cli.no-answer`, `cli.unreadable`
 */
export function signFile(
  input: OpenInput,
  context: {
    readonly signer: OpenedSigner
    readonly request: SignRequest
    readonly now: Date
  },
): Promise<Pieces> {
  return context.request.format === 'xmldsig' || context.request.format === 'xades-b'
    ? makeXml(input, context)
    : makeCms(input, context)
}
