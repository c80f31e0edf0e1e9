import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { esiaUsers } from '../esia/accounts.ts'
import { describeOrder } from './describe-order.ts'
import type { Order } from './order.ts'
import { services } from './services.ts'

const FOLDER = join(process.env['MUHR_FIXTURES'] ?? '../shared/fixtures', 'ru')

function signedOrder(): Order {
  const [user] = esiaUsers
  const [service] = services
  if (user === undefined || service === undefined) throw new Error('no profile')
  const file = (fileName: string, mnemonic = fileName) => ({
    fileName,
    mnemonic,
    size: 1,
    mimeType: 'application/pdf',
    hasSignature: fileName === 'req.xml',
    path: '',
  })
  const status = (id: number, statusId: number) => ({
    id,
    statusId,
    title: 't',
    at: 0,
    isFinal: statusId === 3,
    hasResult: statusId === 3,
    canCancel: false,
    stateOrgStatusCode: statusId === 3 ? 'done' : '',
    ...(statusId === 3 ? { stateOrgStatusId: 56_990 } : {}),
    comment: '',
  })

  return {
    id: 1,
    user,
    service,
    region: '77',
    messageId: 'x',
    folder: '',
    createdAt: 0,
    stage: 'portal',
    gateway: { code: 'DONE', message: null },
    requestedAt: 0,
    history: [status(1, 0), status(2, 17), status(3, 3)],
    attachments: [file('07_01.pdf'), file('req.xml')],
    results: [file('07_01.pdf.sig', '07_01.pdf')],
  }
}

/** Keys and kinds of values, of objects and of the first element of lists. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])]
  if (typeof value !== 'object' || value === null) return typeof value

  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, shapeOf(each)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

describe.skipIf(!existsSync(FOLDER))('order details of the operator’s samples', () => {
  it('have the keys and kinds of values that the simulator gives', async () => {
    const text = await readFile(join(FOLDER, 'order-info-goskey-3-signed.json'), 'utf8')
    const sample = JSON.parse(JSON.parse(text).order)
    expect(shapeOf(JSON.parse(JSON.stringify(describeOrder(signedOrder()))))).toEqual(
      shapeOf(sample),
    )
  })
})
