import { checkContent } from './check-content.ts'
import { checkDocuments } from './check-documents.ts'
import { checkRequest } from './check-request.ts'
import type { PackageDocument } from './documents.ts'
import { type Breadth, documentLimits } from './limits.ts'
import type { GoskeyRequest } from './request.ts'
import type { Violation } from './rules.ts'

/**
 * Looks at everything that can be known before anything is signed or sent. Gives all broken rules, not
 * only the first; none when the package may leave.
 * @param sealedAt when req.xml is to be built
 */
export async function preflight({
  request,
  documents,
  sealedAt,
  breadth = 'safe',
}: {
  readonly request: GoskeyRequest
  readonly documents: readonly PackageDocument[]
  readonly sealedAt: Date
  readonly breadth?: Breadth
}): Promise<readonly Violation[]> {
  const limits = documentLimits(request.service, request.profile, breadth)

  return [
    ...checkRequest(request, sealedAt),
    ...checkDocuments(documents, limits),
    ...(await checkContent(documents)),
  ]
}
