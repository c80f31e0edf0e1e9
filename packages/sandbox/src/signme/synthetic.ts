import { createHash } from 'node:crypto'
import { type SignFile, type SignRequest, suffixOf } from './request.ts'
import { hexOf, keepRequest, nowOf, type SignmeState } from './state.ts'

/** In place of a SHA-256: the octets of such a file are made when they are asked for. */
const PREFIX = 'synthetic-'

/** The octets of a file that was never sent. */
export function syntheticContent(name: string): Uint8Array | undefined {
  return name.startsWith(PREFIX) ? Buffer.from(`TEST ${name}`) : undefined
}

/**
 * Adds open requests for one user that nobody sent, in memory alone: for measuring how a hundred thousand of them are
 * watched. They can be signed, rejected and asked about like others.
 *
 * @returns the first rid; the others follow it
 */
export function addSynthetic(
  state: SignmeState,
  {
    count,
    siteKey,
    userId,
  }: {
    readonly count: number
    readonly siteKey: string
    readonly userId: string
  },
): number {
  const first = state.nextRid
  const createdAt = nowOf(state)
  const phone = state.accounts.user(userId)?.phone ?? ''
  for (let rid = first; rid < first + count; rid++) {
    const content = syntheticContent(`${PREFIX}${rid}`) ?? new Uint8Array()
    const file: SignFile = {
      rid,
      hex: hexOf(state, rid),
      name: `${rid}.txt`,
      md5: createHash('md5').update(content).digest('hex'),
      sha256: `${PREFIX}${rid}`,
      size: content.length,
      status: 0,
      comment: '',
    }
    const request: SignRequest = {
      id: rid,
      kind: 'single',
      siteKey,
      files: [file],
      addressee: { phone },
      userId,
      isPush: false,
      isForceSms: false,
      isNotified: false,
      hasNoMail: true,
      createdAt,
    }
    keepRequest(state, request)
  }

  return first
}

/** Suffix and MD5 of requests from `first` on. */
export function syntheticHandles(
  state: SignmeState,
  { first, count }: { readonly first: number; readonly count: number },
): readonly { readonly suffix: string; readonly md5: string }[] {
  return Array.from({ length: count }, (_, index) => state.files.get(first + index)?.file)
    .filter((file) => file !== undefined)
    .map((file) => ({ suffix: suffixOf(file), md5: file.md5 }))
}
