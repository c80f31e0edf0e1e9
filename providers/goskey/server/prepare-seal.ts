import { instantAfter, type PreparedSeal, type PrepareSealInput } from '@muhr/envelope'
import { buildRequestXml, preflight, requestFileName } from '@muhr/epgu/goskey'
import type { GoskeyConnection } from './connection.ts'
import type { GoskeyHandle } from './handle.ts'
import { storedDocument } from './package-documents.ts'
import { expiryOf, requestOf } from './request-of.ts'

/**
 * How long after its time a package may still leave, ms: that much of the day the recipient loses. Later
 * req.xml is built anew.
 */
const lateMs = 2 * 3_600_000

/**
 * What the sending organisation signs for one package: req.xml, whose day begins when the package is to
 * leave, and every document. Looks at everything that Goskey would refuse, the content of the files too,
 * and refuses by the name of the first broken rule.
 */
export async function prepareSeal(
  input: PrepareSealInput<GoskeyConnection, GoskeyHandle>,
): Promise<PreparedSeal> {
  const { connection, request, now, dispatchAt, deadline, io } = input
  const leavesAt = dispatchAt > now ? dispatchAt : now
  const asked = requestOf({
    connection,
    method: request.method,
    recipient: request.recipient,
    title: request.title,
    expiresAt: expiryOf(leavesAt, deadline),
  })
  const sealedAt = new Date(leavesAt)
  const [violation] = await preflight({
    request: asked,
    documents: request.contents.map(({ document, size, sha256 }) =>
      storedDocument(io, { name: document.fileName, size, sha256 }),
    ),
    sealedAt,
    breadth: connection.breadth,
  })
  if (violation !== undefined) return { kind: 'refused', code: violation.rule }

  const documentNames = request.contents.map(({ document }) => document.fileName)
  const due = instantAfter(leavesAt, lateMs)

  return {
    kind: 'prepared',
    signerKey: connection.signerKey,
    items: [
      {
        name: requestFileName,
        format: 'CMS',
        bytes: buildRequestXml(asked, { documentNames, sealedAt }),
      },
      ...request.contents.map(({ position, document }) => ({
        name: document.fileName,
        format: 'CMS',
        content: position,
      })),
    ],
    due: deadline !== undefined && deadline < due ? deadline : due,
    usableFrom: leavesAt > now ? leavesAt : undefined,
  }
}
