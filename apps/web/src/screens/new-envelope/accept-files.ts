import { totalBytes, type UploadQueue, type UploadRow } from './upload-queue.ts'

export type FileLimits = { readonly maxBytes: number; readonly maxDocuments: number }

/** What holds where the chosen service says nothing else (design §7, issue "Bad input"). */
export const defaultLimits: FileLimits = { maxBytes: 100_000_000, maxDocuments: 50 }

type FileFacts = { readonly name: string; readonly size: number; readonly type: string }

const nameLimit = 255

/** Media types that browsers often leave empty, by extension. */
const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  xml: 'application/xml',
  txt: 'text/plain',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

/** The media type of a file: the browser's word, else by its name. */
export function mediaTypeOf(file: Pick<FileFacts, 'name' | 'type'>): string {
  if (file.type !== '') return file.type

  const extension = file.name.toLowerCase().split('.').pop() ?? ''

  return mediaTypes[extension] ?? 'application/octet-stream'
}

/**
 * The last part of a path, without control signs and the invisible marks that turn text around:
 * `evil\u202Efdp.exe` must not read as a PDF.
 */
export function cleanFileName(name: string): string {
  const last = name.split(/[\\/]/).pop() ?? ''

  return last.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '').trim()
}

/**
 * Turns chosen files into rows of the queue. Empty, nameless and too large ones are refused at once,
 * by name; nothing of them goes over the wire.
 */
export function acceptFiles(
  files: readonly FileFacts[],
  options: {
    readonly queue: UploadQueue
    readonly limits: FileLimits
    readonly newKey: () => string
  },
): readonly UploadRow[] {
  let bytes = totalBytes(options.queue)
  let count = options.queue.filter(({ phase }) => phase !== 'refused' && phase !== 'twin').length

  return files.map((file) => {
    const fileName = cleanFileName(file.name)
    const row = {
      key: options.newKey(),
      fileName,
      size: file.size,
      mediaType: mediaTypeOf(file),
      sentBytes: 0,
    }
    const code = refusalOf({ fileName, size: file.size, bytes, count }, options.limits)

    if (code !== undefined) return { ...row, phase: 'refused', code }

    bytes += file.size
    count += 1

    return { ...row, phase: 'waiting' }
  })
}

function refusalOf(
  file: {
    readonly fileName: string
    readonly size: number
    readonly bytes: number
    readonly count: number
  },
  limits: FileLimits,
): string | undefined {
  if (file.fileName === '' || file.fileName.startsWith('.')) return 'file.nameless'
  if (file.fileName.length > nameLimit) return 'file.name-too-long'
  if (file.size === 0) return 'file.empty'
  if (file.bytes + file.size > limits.maxBytes) return 'file.too-large'
  if (file.count >= limits.maxDocuments) return 'file.too-many'

  return undefined
}
