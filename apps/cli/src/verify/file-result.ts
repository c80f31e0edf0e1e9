import type { FileReport } from './verify-file.ts'

/** Why a file has no report, in what can cross a thread. */
export type FileFault = {
  readonly code: string
  readonly message: string
  readonly advice: string
}

/** What came of one file. */
export type FileResult = {
  /** As the person named it. */
  readonly file: string
  /** The document that was found beside it and compared; its name. */
  readonly content?: string
} & ({ readonly report: FileReport } | { readonly error: FileFault })
