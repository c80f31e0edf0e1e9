import { randomBytes } from 'node:crypto'

/** Bytes that begin as a PDF does, distinct by every call unless `text` fixes them. */
export function samplePdf(
  options: { readonly text?: string; readonly bytes?: number } = {},
): Buffer<ArrayBuffer> {
  const text = options.text ?? randomBytes(12).toString('hex')
  const head = Buffer.from(`%PDF-1.4\n% ${text}\n`, 'utf8')

  return Buffer.concat([
    head,
    Buffer.alloc(Math.max(0, (options.bytes ?? 600) - head.length), 0x20),
  ])
}
