import { type JsonOctetsLimits, JsonRefusal, type JsonValue, readJsonOctets } from '@muhr/http'
import { EgovMobileError } from '../error.ts'

/**
 * One JSON text, strictly: see `readJsonOctets`. Documents and signatures stay octets.
 *
 * @param bytes UTF-8
 * @throws EgovMobileError `egov-mobile.malformed-json` with the offset in bytes
 */
export function readJson(bytes: Uint8Array, limits: JsonOctetsLimits = {}): JsonValue {
  try {
    return readJsonOctets(bytes, limits)
  } catch (error) {
    if (!(error instanceof JsonRefusal)) throw error
    const { reason, offset, message } = error
    throw new EgovMobileError({
      code: 'egov-mobile.malformed-json',
      message,
      advice: 'Send one JSON text in UTF-8, complete and within the limits.',
      data: { reason, offset },
    })
  }
}
