import type { Branded } from '@muhr/identifiers'
import { invalidArgument } from './invalid-argument.ts'

/**
 * What 1.1 answers: `<rid>/<rest>`, as it stands in addresses. Whoever holds it opens the signing page
 * and reads the status without a key: keep it encrypted, out of logs and addresses of your own.
 */
export type RequestSuffix = Branded<'SignmeRequestSuffix'>

/** What 2.1, 1.3 and 2.4 answer, in lower case. As much a secret as a suffix. */
export type RequestUuid = Branded<'SignmeRequestUuid'>

/** MD5 of a file, 32 digits in lower case. It opens the names of its signers to anybody (trap T14). */
export type Md5 = Branded<'SignmeMd5'>

const SUFFIX = /^\/?(\d{1,20}(?:\/[\w-]{1,200}){1,3})\/?$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A suffix in any form that can stand in an address, or undefined. */
function findSuffix(text: string): RequestSuffix | undefined {
  return SUFFIX.exec(text)?.[1] as RequestSuffix | undefined
}

/**
 * A suffix as an answer has it, or undefined. Seen are 32 hexadecimal digits after the slash; the form is
 * not documented, so a longer word is taken too. Less is what is left of an answer that was cut.
 */
export function findWholeSuffix(text: string): RequestSuffix | undefined {
  const suffix = findSuffix(text)
  const rest = suffix?.slice(suffix.indexOf('/') + 1) ?? ''

  return rest.length >= 32 ? suffix : undefined
}

/** A UUID as an answer has it, or undefined. Any version is taken; version 1 is documented. */
export function findUuid(text: string): RequestUuid | undefined {
  const lower = text.toLowerCase()

  return UUID.test(lower) ? (lower as RequestUuid) : undefined
}

/** @throws SignmeError `signme.invalid-argument` */
export function parseSuffix(text: string): RequestSuffix {
  const suffix = findSuffix(text.trim())
  if (suffix === undefined) throw invalidArgument('suffix', 'a suffix as 1.1 answers it')

  return suffix
}

/** @throws SignmeError `signme.invalid-argument` */
export function parseUuid(text: string): RequestUuid {
  const uuid = findUuid(text.trim())
  if (uuid === undefined) throw invalidArgument('uuid', 'a UUID, 8-4-4-4-12')

  return uuid
}

/** @throws SignmeError `signme.invalid-argument` */
export function parseMd5(text: string): Md5 {
  const lower = text.trim().toLowerCase()
  // The example of the service has 31 digits; a real one has 32 (trap T6).
  if (!/^[0-9a-f]{32}$/.test(lower)) throw invalidArgument('md5', '32 hexadecimal digits')

  return lower as Md5
}

/** `rid` of 1.5: the first half of the suffix. */
export function requestIdOf(suffix: RequestSuffix): string {
  return suffix.slice(0, suffix.indexOf('/'))
}
