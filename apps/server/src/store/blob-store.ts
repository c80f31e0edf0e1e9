import type { Readable } from 'node:stream'
import type { Sha256Hex } from '@muhr/envelope'
import { MuhrError } from '@muhr/identifiers'

/** Bytes to store: whole, or as they come. A chunk must not be written over once it was handed out. */
export type BlobSource = Uint8Array | AsyncIterable<Uint8Array>

export type PutOptions = {
  /** More bytes than that are refused with `store.too-large`, as soon as they are seen. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal | undefined
}

export type StoredBlob = { readonly sha256: Sha256Hex; readonly size: number }

/**
 * Documents, artifacts and whatever else is bytes, named by their SHA-256. What was put stays as it is
 * until it is deleted: putting the same bytes again changes nothing.
 */
export type BlobStore = {
  /**
   * Stores bytes while they come. Resolves when they will survive a power cut, and not before; when it
   * rejects, nothing of them is left.
   *
   * @throws StoreError `store.too-large`, `store.full`, `store.unavailable`; what `source` or `signal` throws
   */
  readonly put: (source: BlobSource, options?: PutOptions) => Promise<StoredBlob>
  /**
   * Streams bytes. They are checked on the way: the stream fails with `store.corrupt` before its last
   * chunk when they are not those of the name, and with `store.not-found` when there are none.
   */
  readonly open: (sha256: Sha256Hex) => Readable
  /** @throws StoreError `store.not-found`, `store.corrupt` */
  readonly read: (sha256: Sha256Hex) => Promise<Buffer>
  readonly has: (sha256: Sha256Hex) => Promise<boolean>
  /** Removes bytes for good; nothing happens when there are none. */
  readonly delete: (sha256: Sha256Hex) => Promise<void>
}

/** The typed particulars of each code. */
export type StoreErrorData = {
  readonly 'store.too-large': { readonly maxBytes: number }
  readonly 'store.not-found': { readonly sha256: string }
  /** The bytes in the store are not those of the name: a disk error, or somebody changed them. */
  readonly 'store.corrupt': { readonly sha256: string }
  readonly 'store.full': { readonly folder: string }
  readonly 'store.unavailable': { readonly folder: string }
}

export type StoreErrorCode = keyof StoreErrorData

/** A refusal or failure of the store. */
export class StoreError<Code extends StoreErrorCode = StoreErrorCode> extends MuhrError<
  Code,
  StoreErrorData[Code]
> {
  override readonly name = 'StoreError'
}

export function notFound(sha256: string): StoreError<'store.not-found'> {
  return new StoreError({
    code: 'store.not-found',
    message: `The store has no bytes of the name ${sha256}.`,
    advice: 'Check that MUHR_DATA is the folder in which they were stored, or restore a backup.',
    data: { sha256 },
  })
}

export function corrupt(sha256: string): StoreError<'store.corrupt'> {
  return new StoreError({
    code: 'store.corrupt',
    message: `The bytes that the store has for ${sha256} are not the ones that were stored.`,
    advice: 'Check the disk, and restore this file from a backup: sending it again also mends it.',
    data: { sha256 },
  })
}
