import type { VerificationReport } from '@muhr/pki'
import type { Manifest } from '../manifest.ts'

/**
 * Which form the pages have that this version writes. The form, its words included, is frozen: a change
 * of it is a new form beside the old one, since bundles keep their pages for ever.
 */
export const pagesVersion = 1

/**
 * What the pages for people are rendered from: nothing but the other files of the bundle, so that they
 * can be rendered again and compared. A page then cannot say what the data do not.
 */
export type PageData = Pick<Manifest, 'envelope' | 'documents' | 'contents' | 'signatures'> & {
  /** One for each of `signatures`, in their order. */
  readonly reports: readonly VerificationReport[]
}
