import { unreadableAnswer } from '../errors.ts'
import type { Md5 } from '../handles.ts'
import { jsonBody } from '../wire/request-body.ts'
import { callSignme } from './call.ts'
import { keyOf, type SignmeContext } from './context.ts'
import { readCheck, type SaidSignature } from './read-check.ts'
import type { AskOptions } from './status.ts'

export type CheckOptions = AskOptions & {
  /**
   * The file itself, which the text allows beside the MD5. Without it nothing is uploaded, and the
   * confusion of `file` and `filet` (trap T1) does not arise.
   */
  readonly file?: Uint8Array
}

/**
 * `POST /signaturecheck/json`, field `rfile` (1.2): what Sign.Me says of everybody who signed a file with
 * this MD5. An empty list: nobody, or a file that it does not know; the two look the same.
 *
 * It needs no key, so whoever knows the MD5 of a document learns names, phones and e-mails (trap T14).
 */
export async function check(
  context: SignmeContext,
  md5: Md5,
  { file, signal }: CheckOptions,
): Promise<readonly SaidSignature[]> {
  const { octets, httpStatus } = await callSignme(context, {
    operation: 'check',
    path: '/signaturecheck/json',
    body: jsonBody(context.wire, 'rfile', {
      file: file === undefined ? undefined : { base64: file },
      md5,
      [context.keyField]: context.sendsKeyWithCheck ? keyOf(context) : undefined,
    }),
    limitBytes: context.limits.maxCheckBytes,
    secrets: [md5],
    signal,
  })
  const reading = readCheck(octets)
  if (!reading.ok) throw unreadableAnswer('check', reading.reason, httpStatus)

  return reading.signatures
}
