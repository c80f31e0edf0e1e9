import type { StoredDocument } from '../../api/types.ts'
import { uploadBytes } from '../../api/upload-bytes.ts'

/** Uploads one document. The promise fails with ProblemError. */
export function uploadFile(options: {
  readonly file: Blob
  readonly fileName: string
  readonly mediaType: string
  readonly onProgress: (sentBytes: number) => void
}): { readonly done: Promise<StoredDocument>; readonly cancel: () => void } {
  const query = new URLSearchParams({ fileName: options.fileName, mediaType: options.mediaType })

  return uploadBytes<StoredDocument>(`/v1/documents?${query}`, options)
}
