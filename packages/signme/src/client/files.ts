import { createHash } from 'node:crypto'
import type { Md5 } from '../handles.ts'
import { invalidArgument } from '../invalid-argument.ts'
import type { SignmeLimits } from './context.ts'

/** A file to be signed. Its octets must not change while they are sent. */
export type SignmeFile = {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What was sent of a file. */
export type SentFile = {
  /** The name that Sign.Me was given. */
  readonly name: string
  /** By it the signatures are fetched, not by the request. */
  readonly md5: Md5
}

export type PreparedFile = SentFile & { readonly bytes: Uint8Array }

/**
 * Names made safe, MD5 computed, limits held. An empty file is refused: its MD5 is shared by everyone
 * (trap T22).
 *
 * @throws SignmeError `signme.invalid-argument`
 */
export function prepareFiles(
  files: readonly SignmeFile[],
  { maxFiles, maxFileBytes }: SignmeLimits,
): readonly PreparedFile[] {
  if (files.length === 0) throw invalidArgument('files', 'a list of one file or more')
  if (files.length > maxFiles) throw invalidArgument('files', `a list of at most ${maxFiles} files`)
  const sizeBytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  if (sizeBytes > maxFileBytes) {
    throw invalidArgument('files', `of at most ${maxFileBytes} octets together`)
  }

  return files.map(({ name, bytes }) => {
    if (bytes.length === 0) throw invalidArgument('file.bytes', 'a file with content')

    return { name: safeFileName(name), md5: md5Of(bytes), bytes }
  })
}

/** MD5 of a whole file (RFC 1321). It is how Sign.Me names files, and proof of nothing. */
export function md5Of(bytes: Uint8Array): Md5 {
  return createHash('md5').update(bytes).digest('hex') as Md5
}

const MAX_NAME_LENGTH = 120
/** What 120 Cyrillic letters take; file systems take 255. */
const MAX_NAME_BYTES = 240

/**
 * A file name that no server stumbles over (spec §4.1): the base name, without control characters and
 * without \ / : * ? " < > |, in NFC, of at most 120 characters and 240 octets of UTF-8 with its
 * extension; `document.bin` when nothing is left.
 */
export function safeFileName(name: string): string {
  const base = name.replace(/^.*[\\/]/s, '')
  const clean = base
    .replace(/[\p{C}\\/:*?"<>|\p{Zl}\p{Zp}]/gu, '')
    .normalize('NFC')
    .trim()
  if (clean.replace(/[.\s]/g, '') === '') return 'document.bin'

  const extension = /\.[^.]{1,16}$/u.exec(clean)?.[0] ?? ''
  const stem = Array.from(clean.slice(0, clean.length - extension.length))
  stem.length = Math.min(stem.length, MAX_NAME_LENGTH - Array.from(extension).length)
  while (Buffer.byteLength(stem.join('') + extension) > MAX_NAME_BYTES) stem.pop()

  return stem.join('') + extension
}
