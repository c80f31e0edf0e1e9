import { unreadableAnswer } from '../errors.ts'
import type { Md5, RequestSuffix } from '../handles.ts'
import { requestIdOf } from '../handles.ts'
import { readContainer } from '../wire/read-container.ts'
import { type Answer, callSignme } from './call.ts'
import type { SignmeContext } from './context.ts'
import type { AskOptions } from './status.ts'

/**
 * `GET /signaturecheck/get_grp_pkcs/hash/{md5}` (3): all signatures under one MD5 in one container, in
 * DER whatever it came in; undefined when there is none. Where lower case finds nothing, upper case is
 * tried, as the example of the text has it (spec §4.10).
 *
 * It holds every signature under that MD5, of other requests and other people too (traps T15, T16):
 * verify each over your own file, and look at who and when. Needs no key.
 */
export async function container(
  context: SignmeContext,
  md5: Md5,
  options: AskOptions,
): Promise<Uint8Array | undefined> {
  const lower = await fetchContainer(context, `/signaturecheck/get_grp_pkcs/hash/${md5}`, {
    secrets: [md5],
    ...options,
  })

  return (
    lower ??
    fetchContainer(context, `/signaturecheck/get_grp_pkcs/hash/${md5.toUpperCase()}`, {
      secrets: [md5],
      ...options,
    })
  )
}

/**
 * `GET /signaturecheck/get_t_pkcs/hash/{md5}/{rid}`: the container of one request. Of the newer API, not
 * in the text (spec §11): a fallback.
 */
export async function containerOfRequest(
  context: SignmeContext,
  { md5, suffix }: { readonly md5: Md5; readonly suffix: RequestSuffix },
  options: AskOptions,
): Promise<Uint8Array | undefined> {
  const rid = requestIdOf(suffix)

  return fetchContainer(context, `/signaturecheck/get_t_pkcs/hash/${md5}/${rid}`, {
    secrets: [md5, rid],
    ...options,
  })
}

async function fetchContainer(
  context: SignmeContext,
  path: string,
  { secrets, signal }: AskOptions & { readonly secrets: readonly string[] },
): Promise<Uint8Array | undefined> {
  const answer: Answer = await callSignme(context, {
    operation: 'container',
    path,
    limitBytes: context.limits.maxContainerBytes,
    secrets,
    signal,
    takesNotFound: true,
  })
  const { octets, httpStatus } = answer
  if (octets.length === 0) return undefined
  const read = readContainer(octets)
  if (read === undefined) throw unreadableAnswer('container', 'no-container', httpStatus)

  return read
}
