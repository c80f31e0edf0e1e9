import type { GoskeyServiceName, RequestProfile } from './services.ts'

/**
 * `safe` keeps to what every published text allows; `profile` to what the text of the profile allows
 * (spec §5.4).
 */
export type Breadth = 'safe' | 'profile'

/** What documents of a package may be (spec §5.4). */
export type DocumentLimits = {
  readonly documents: number
  /** All documents together, bytes. */
  readonly totalBytes: number
  /** A file name with its extension, characters. */
  readonly nameLength: number
  /** What stands before the last dot. */
  readonly stem: RegExp
  /** Lower case, without the dot. */
  readonly extensions: readonly string[]
}

/** Lengths of req.xml, characters (spec §5.2, §5.3). */
export const requestLimits = Object.freeze({
  description: 250,
  backlink: 250,
  attributes: 10,
  attributeName: 50,
  oid: 20,
  /** From the seal to the end of the signing time, ms. */
  expirationMs: 24 * 60 * 60 * 1000,
})

/** "100 MB" of the service texts, in bytes. */
const totalBytes = 100_000_000
const nameLength = 50
const extensions = ['pdf', 'tif', 'tiff', 'xml', 'txt'] as const

const safe: DocumentLimits = {
  documents: 15,
  totalBytes,
  nameLength,
  stem: /^[A-Za-z0-9_ ]+$/,
  extensions,
}

/** The text says Latin letters, underscore and blank; its own samples have digits and dots. */
const wide18: DocumentLimits = { ...safe, stem: /^[A-Za-z0-9_ .]+$/ }

const wide19: DocumentLimits = {
  ...safe,
  documents: 20,
  stem: /^[A-Za-zА-Яа-яЁё0-9_ .,’']+$/,
  extensions: [...extensions, 'jpg', 'jpeg'],
}

const treasury: DocumentLimits = { ...wide19, documents: 50 }

/** The limits that documents are held against. */
export function documentLimits(
  service: GoskeyServiceName,
  profile: RequestProfile,
  breadth: Breadth = 'safe',
): DocumentLimits {
  if (breadth === 'safe') {
    return safe
  }
  if (profile === '1.8') {
    return wide18
  }

  return service === 'treasury-ukep' ? treasury : wide19
}
