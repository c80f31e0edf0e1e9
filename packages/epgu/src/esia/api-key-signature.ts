import { encodeBase64 } from '@muhr/pki'
import { EpguError } from '../error.ts'
import type { ApiKey } from './api-key.ts'
import type { EsiaErrorData } from './error-data.ts'

/** Makes a detached CMS over the bytes (spec §6), in DER or BER. */
export type Sign = (bytes: Uint8Array) => Promise<Uint8Array>

/** A CMS over an API-Key that is kept, and when it was made. */
export type ApiKeySignature = { readonly cms: Uint8Array; readonly signedAt: Date }

/** ESIA takes a signature whose signing time is not older than this: 24 hours (spec §1). */
export const apiKeySignatureLifeMs = 86_400_000

/** An address of ESIA is about 5 KB; servers end somewhere above 16 KB. */
const maxCmsBytes = 11_000

/** The octets that are signed: the API-Key in UTF-8, 36 octets, no newline. */
export function apiKeyContent(apiKey: ApiKey): Uint8Array {
  return new TextEncoder().encode(apiKey)
}

/** Signs the API-Key. Keep the result for {@link apiKeySignatureLifeMs} where the key is not at hand. */
export async function signApiKey(
  apiKey: ApiKey,
  { sign, now }: { readonly sign: Sign; readonly now: () => Date },
): Promise<ApiKeySignature> {
  // Before the signing, since the time inside the signature cannot be earlier.
  const signedAt = now()

  return { cms: await sign(apiKeyContent(apiKey)), signedAt }
}

/**
 * The value of `signature` in the query: base64url without padding.
 *
 * @throws EpguError `esia.invalid-signature`
 */
export function signatureParameter({ cms, signedAt }: ApiKeySignature, now: Date): string {
  const reason = findFault(cms, now.getTime() - signedAt.getTime())
  if (reason !== undefined) throw invalidSignature(reason)

  return encodeBase64(cms).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

type SignatureFault = EsiaErrorData['esia.invalid-signature']['reason']

function findFault(cms: Uint8Array, ageMs: number): SignatureFault | undefined {
  if (cms.length === 0) return 'empty'
  // A SEQUENCE: PEM and base64 begin with a letter or a dash.
  if (cms[0] !== 0x30) return 'not-cms'
  if (cms.length > maxCmsBytes) return 'too-large'

  return ageMs >= apiKeySignatureLifeMs ? 'too-old' : undefined
}

const faults: Record<SignatureFault, { readonly message: string; readonly advice: string }> = {
  empty: {
    message: 'The signature over the API-Key is empty.',
    advice: 'Check the signing tool by a trial signature.',
  },
  'not-cms': {
    message: 'The signature over the API-Key is no CMS in DER or BER.',
    advice: 'Decode PEM or base64 first: the signing function gives the octets of the CMS.',
  },
  'too-large': {
    message: `The signature over the API-Key is larger than ${maxCmsBytes} octets.`,
    advice:
      'Sign detached and put in the certificate of the signer alone: it travels in an address.',
  },
  'too-old': {
    message: 'The signature over the API-Key is older than 24 hours.',
    advice: 'Have the owner of the key sign the API-Key again.',
  },
}

function invalidSignature(reason: SignatureFault): EpguError<'esia.invalid-signature'> {
  return new EpguError({ code: 'esia.invalid-signature', ...faults[reason], data: { reason } })
}
