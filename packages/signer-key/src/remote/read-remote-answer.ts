import { decodeBase64, isPkiError } from '@muhr/pki'
import { maxSealBytes } from '../check-seal.ts'
import { SignerKeyError, type SignerKeyErrorCode } from '../error.ts'

/** Codes that a service may give beside 4xx and 5xx, and what they are here. */
const known: Readonly<Record<string, readonly [SignerKeyErrorCode, string]>> = {
  'wrong-pin': ['signer-key.wrong-pin', 'The signing service has a wrong PIN for the key.'],
  'pin-blocked': ['signer-key.pin-blocked', 'The token of the signing service is locked.'],
  'key-not-found': ['signer-key.key-not-found', 'The signing service has no such key.'],
}

const maxAnswerBytes = 2 * maxSealBytes

/**
 * The container out of an answer `{ "cms": base64 }`.
 * Throws `signer-key.service-redirect`, what `{ "code" }` of a refusal says, without one
 * `signer-key.service-denied` (401, 403) or `signer-key.service-refused` with the HTTP status, and
 * `signer-key.service-answer`.
 */
export async function readRemoteAnswer(response: Response): Promise<Uint8Array> {
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    await response.body?.cancel()
    throw new SignerKeyError({
      code: 'signer-key.service-redirect',
      message: 'The signing service sends elsewhere.',
    })
  }
  const answer = parse(await readText(response))
  if (!response.ok) {
    throw refusal(response.status, answer?.['code'])
  }
  const cms = answer?.['cms']
  if (typeof cms !== 'string') {
    throw unreadable()
  }
  try {
    return decodeBase64(cms)
  } catch (error) {
    throw isPkiError(error) ? unreadable() : error
  }
}

/** Its code stands before its status: who names a code of the contract has understood us. */
function refusal(status: number, said: unknown): SignerKeyError {
  const own = typeof said === 'string' && Object.hasOwn(known, said) ? known[said] : undefined
  const isDenied = status === 401 || status === 403
  const [code, message] = own ?? [
    isDenied ? 'signer-key.service-denied' : 'signer-key.service-refused',
    isDenied
      ? 'The signing service does not accept our secret.'
      : 'The signing service refused to sign.',
  ]

  return new SignerKeyError({ code, message, data: { status } })
}

async function readText(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let total = 0
  for await (const piece of response.body ?? []) {
    total += piece.length
    if (total > maxAnswerBytes) {
      throw unreadable()
    }
    pieces.push(piece)
  }

  return Buffer.concat(pieces).toString('utf8')
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)

    return typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}

function unreadable(): SignerKeyError {
  return new SignerKeyError({
    code: 'signer-key.service-answer',
    message: 'The answer of the signing service is not of its contract.',
  })
}
