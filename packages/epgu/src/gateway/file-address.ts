import { invalidArgument } from './invalid-argument.ts'

/** Where a file of an order lies in the store of the portal (spec §4.1). */
export type FileAddress = {
  /** Of a sent file the order, of a result the **status history**, in digits. */
  readonly objectId: string
  /** `2`: sent; `3`: result. */
  readonly objectType: string
  /** Its name in the store, which differs from `fileName`: see spec §5.6. */
  readonly mnemonic: string
}

const LINK = /^terrabyte:\/\/00\/(\d{1,19})\/([^/]{1,1000})\/(\d{1,3})$/

/** Reads `terrabyte://00/{objectId}/{mnemonic}/{objectType}`; undefined for any other text. */
export function parseFileLink(link: string | undefined): FileAddress | undefined {
  const [, objectId, encoded, objectType] = LINK.exec(link ?? '') ?? []
  if (objectId === undefined || encoded === undefined || objectType === undefined) return undefined

  return { objectId, objectType, mnemonic: decodePercent(encoded) }
}

/** @throws EpguError `epgu.invalid-argument` */
export function assertFileAddress({ objectId, objectType, mnemonic }: FileAddress): void {
  if (!/^\d{1,19}$/.test(objectId)) throw invalidArgument('objectId', 'digits')
  if (!/^\d{1,3}$/.test(objectType)) throw invalidArgument('objectType', 'digits')
  if (mnemonic === '' || !mnemonic.isWellFormed()) {
    throw invalidArgument('mnemonic', 'the name from the link, decoded')
  }
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A name with a per cent sign that was never encoded.
    return text
  }
}
