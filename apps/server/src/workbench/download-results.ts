import { safeFileName } from '@muhr/zip'
import { Problem } from '../http/problems.ts'
import { type Asking, gatewayOf, refreshOrder } from './ask-portal.ts'
import { filesOf, insertFile, liveFiles, type NewFile } from './order-files.ts'
import { changeOrder, type OrderRow } from './orders.ts'
import { asPortalCall } from './portal-problem.ts'

/** What one order may bring; more no real one does. */
const maxFiles = 200
const maxFileBytes = 128 * 1024 * 1024

/**
 * Downloads the result files of an order that are not here yet, and keeps them. All count or none of them;
 * their bytes are stored before their rows are written.
 * @throws Problem as `refreshOrder`, and `workbench.refused` for a file that is too large or too many
 */
export async function downloadResults(asking: Asking): Promise<OrderRow> {
  const { app, caller } = asking
  const { order, details } = await refreshOrder(asking)
  const known = new Set(liveFiles(await filesOf(app.db, order), 'result').map(({ link }) => link))
  const wanted = (details.order?.responseFiles ?? []).filter(
    ({ address, link }) => address !== undefined && link !== undefined && !known.has(link),
  )
  if (wanted.length > maxFiles) {
    throw new Problem('workbench.refused', `The order has more than ${maxFiles} result files.`)
  }
  if (wanted.length === 0) {
    return order
  }
  const gateway = await gatewayOf({ ...asking, order })
  const files: NewFile[] = []
  for (const { address, link, fileName, mediaType } of wanted) {
    if (address === undefined || link === undefined) {
      continue
    }
    const stored = await asPortalCall(async () => {
      const { body } = await gateway.downloadFile(address, {
        serviceCode: order.service_code,
        route: 'current-then-old',
        maxBytes: maxFileBytes,
      })

      return app.store.put(body)
    })
    files.push({
      ...stored,
      role: 'result',
      name: safeFileName(fileName),
      mediaType: /^[\w.+-]+\/[\w.+-]+$/.test(mediaType ?? '')
        ? (mediaType ?? '').toLowerCase()
        : 'application/octet-stream',
      link,
    })
  }

  return changeOrder(app, order, {
    actor: caller.actor,
    event: {
      type: 'downloaded',
      data: { files: files.map(({ name, sha256, size }) => ({ name, sha256, size })) },
    },
    also: async (tx) => {
      for (const file of files) {
        await insertFile(app, tx, { order, actor: caller.actor, file })
      }
    },
  })
}
