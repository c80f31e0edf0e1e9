import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import { Problem } from '../http/problems.ts'
import { keepPackage } from './build-package.ts'
import { expectState, type OrderRow } from './orders.ts'
import { checkArchive, expectKept } from './package-rules.ts'
import { withTemporaryFile } from './temporary-file.ts'

/** Signatures and headers beside the documents. */
const overheadBytes = 16 * 1024 * 1024

/** The bytes of a body, up to a limit; the socket stays open, so that the client can be told why. */
async function* limited(body: Readable, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    size += chunk.byteLength
    if (size > maxBytes) {
      throw new Problem('request.too-large', `The package is larger than ${maxBytes} bytes.`, {
        field: 'body',
        limit: maxBytes,
      })
    }
    yield chunk
  }
}

/**
 * Takes a ready-made package, which is checked rule by rule and never unpacked; one that breaks a rule is
 * refused and not kept.
 * @throws Problem `workbench.state`, `workbench.rules-broken`, `request.too-large`, `document.empty`
 */
export async function uploadPackage(
  app: AppContext,
  input: {
    readonly caller: Caller
    readonly order: OrderRow
    readonly fileName: string
    readonly body: Readable
    /** Kept although it breaks rules, for who wants to see what the portal says to it. */
    readonly asIs?: boolean
  },
): Promise<OrderRow> {
  const { caller, fileName, body, asIs = false } = input
  const order = { ...input.order, as_is: asIs }
  expectState(order, ['draft', 'sealing', 'built'])
  const maxBytes = app.config.maxEnvelopeBytes + overheadBytes
  const kept = await withTemporaryFile(limited(body, maxBytes), async ({ path, access }) => {
    if (access.size === 0) {
      throw new Problem('document.empty', 'The file has no bytes.', { field: 'body' })
    }
    const checked = await checkArchive(app, { order, access })
    if (!asIs) {
      expectKept(checked)
    }

    return { stored: await app.store.put(createReadStream(path)), faults: checked.faults.length }
  })

  return keepPackage(
    app,
    { caller, order },
    {
      made: [{ ...kept.stored, role: 'package', name: fileName, mediaType: 'application/zip' }],
      event: 'package-uploaded',
      ...kept,
    },
  )
}
