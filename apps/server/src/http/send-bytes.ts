import type { Sha256Hex } from '@muhr/envelope'
import type { FastifyReply } from 'fastify'
import type { BlobStore } from '../store/blob-store.ts'

/** Types that a browser may show in place without being able to run anything of ours. */
const inline = /^(application\/pdf|image\/(png|jpeg)|text\/plain)$/

/** Streams stored bytes as a download or, for harmless types, to be shown; never sniffed, never cached by others. */
export function sendBytes(
  reply: FastifyReply,
  store: BlobStore,
  file: {
    readonly sha256: Sha256Hex
    readonly size: number
    readonly mediaType: string
    readonly fileName: string
  },
): FastifyReply {
  const shown = inline.test(file.mediaType)

  return reply
    .header('content-type', shown ? file.mediaType : 'application/octet-stream')
    .header('content-length', file.size)
    .header(
      'content-disposition',
      contentDisposition(shown ? 'inline' : 'attachment', file.fileName),
    )
    .header('x-content-type-options', 'nosniff')
    .header(
      'content-security-policy',
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; plugin-types application/pdf",
    )
    .header('cache-control', 'private, no-store')
    .send(store.open(file.sha256))
}

/** RFC 6266 with the name in both forms; the plain one has only harmless characters. */
export function contentDisposition(kind: 'inline' | 'attachment', fileName: string): string {
  const plain = fileName.replace(/[^\w.\- ]/g, '_')

  return `${kind}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`
}
