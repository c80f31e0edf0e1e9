import {
  addSignatureTimeStamp,
  algorithmOid,
  buildTimeStampRequest,
  createSignedData,
  createSigningKey,
  parseCertificate,
  parseSignedData,
  type Signer,
  timeStampTokenOf,
} from '@muhr/pki'
import { type AskTimeStamp, tsaUnavailable } from './ask-tsa.ts'
import { notApplicable } from './build-put.ts'
import type { CitizenKey } from './citizen-key.ts'
import { PhoneError } from './error.ts'
import type { FaultMode } from './fault-modes.ts'
import { signedBytesOf } from './opened-view.ts'
import type { Api2Document } from './read-api2.ts'

export type SignDocumentOptions = {
  readonly key: CitizenKey
  readonly fault: FaultMode | undefined
  readonly now: () => Date
  readonly random: (length: number) => Uint8Array
  readonly tsa: AskTimeStamp
}

/** Digest and TSA policy that go with a key (kz-egov-mobile §15). */
const TIME_STAMP = {
  'kz-2015-512': { digestOid: algorithmOid.kzStreebog512, policy: '1.2.398.3.3.2.6.4' },
  'rsa-2048': { digestOid: algorithmOid.sha256, policy: '1.2.398.3.3.2.6.2' },
} as const

/**
 * Signs one document and gives the value that replaces it in the JSON (kz-egov-mobile §6, §13): base64 of an
 * attached or detached CMS of the NCALayer profile with a signature time-stamp, or for SIGN_BYTES_ARRAY a
 * string that holds JSON.
 *
 * @throws {PhoneError} `method.not-simulated` for XML, `fault.not-applicable`, `tsa.unavailable`
 * @throws {PkiError} when the key cannot be used
 */
export async function signDocument(
  document: Pick<Api2Document, 'method' | 'data'>,
  options: SignDocumentOptions,
): Promise<string> {
  const { fault } = options
  const bytes = signedBytesOf(document)
  const content = fault === 'other-bytes' ? otherBytes(bytes) : bytes
  switch (document.method) {
    case 'CMS_WITH_DATA':
      return base64(await signCms(content, { ...options, form: 'attached' }))
    case 'CMS_SIGN_ONLY':
      return base64(await signCms(content, { ...options, form: 'detached' }))
    case 'SIGN_BYTES_ARRAY':
      return signBytes(content, options)
    case 'XML':
      throw new PhoneError({
        code: 'method.not-simulated',
        message: 'This simulator does not make XML signatures.',
        advice: 'Use CMS_WITH_DATA, CMS_SIGN_ONLY or SIGN_BYTES_ARRAY.',
        data: { place: 'phone', found: 'XML' },
      })
  }
}

async function signCms(
  content: Uint8Array,
  options: SignDocumentOptions & { form: 'attached' | 'detached' },
): Promise<Uint8Array> {
  const { key, fault, form } = options
  const container = await createSignedData({
    content,
    form,
    signers: [
      {
        key: signerOf(options),
        certificate: parseCertificate(key.certificate),
        signingTime: options.now(),
      },
    ],
  })
  if (fault === 'missing-timestamp') return container
  const [signerInfo] = parseSignedData(container).signerInfos
  const signature = signerInfo?.signature ?? new Uint8Array()
  const stamped = fault === 'timestamp-over-content' ? content : signature
  const response = await options.tsa(
    buildTimeStampRequest({
      data: stamped,
      ...TIME_STAMP[key.algorithm],
      nonce: BigInt(`0x${Buffer.from(options.random(8)).toString('hex')}`),
    }),
  )

  return addSignatureTimeStamp(container, { token: tokenOf(response) })
}

function tokenOf(response: Uint8Array): Uint8Array {
  try {
    return timeStampTokenOf(response)
  } catch (cause) {
    throw tsaUnavailable({ cause })
  }
}

// kz-egov-mobile §6: the UTF-8 of the data string is signed as it is; the certificate goes as base64 of DER.
async function signBytes(content: Uint8Array, options: SignDocumentOptions): Promise<string> {
  const { fault } = options
  if (fault === 'missing-timestamp' || fault === 'timestamp-over-content') {
    throw notApplicable(fault, 'SIGN_BYTES_ARRAY has no time-stamp')
  }

  return JSON.stringify({
    signature: base64(await signerOf(options).sign(content)),
    certificate: base64(options.key.certificate),
  })
}

function signerOf({ key, fault }: SignDocumentOptions): Signer {
  const signer = createSigningKey(key.privateKey)
  if (fault !== 'wrong-byte-order') return signer
  if (signer.scheme.family !== 'gost') throw notApplicable(fault, 'the key is RSA')

  // crypto.md §1: Russian s‖r big-endian is the Kazakh r‖s little-endian reversed as a whole.
  return { ...signer, sign: async (data) => (await signer.sign(data)).toReversed() }
}

function otherBytes(bytes: Uint8Array): Uint8Array {
  const other = Uint8Array.from(bytes)
  const last = other.length - 1
  other[last] = (other[last] ?? 0) ^ 0x01

  return other
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
