import { base64Length } from '../codec/encode-base64-stream.ts'
import type { Session } from '../session/session.ts'

/** The limit of a PUT body where the documents ask for no more: 50 MiB [assumed; none is published]. */
export const defaultBodyLimitBytes = 50 * 1024 * 1024

/** A container beside the document: certificates, revocation answers, time-stamp. */
const containerBytes = 256 * 1024

/**
 * How large a PUT of this session may be, bytes. The configured limit is raised where the documents
 * need more: `CMS_WITH_DATA` returns them inside the containers, and a cancelled signing returns them
 * as they were. Base64 gets a tenth on top for line breaks and `\/`.
 */
export function putBodyLimitBytes(
  { documents }: Pick<Session, 'documents'>,
  configuredBytes: number = defaultBodyLimitBytes,
): number {
  const returned = documents.reduce(
    (total, { sizeBytes }) => total + base64Length(sizeBytes + containerBytes) * 1.1,
    containerBytes,
  )

  return Math.max(configuredBytes, Math.ceil(returned))
}
