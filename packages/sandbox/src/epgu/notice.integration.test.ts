import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packZip } from '@muhr/zip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../start-sandbox.ts'
import { askToken, controlOf, epguClient, openSender, type Sender } from '../testing/epgu-client.ts'
import { FREE_PORTS } from '../testing/free-ports.ts'
import { noticeSchema } from './schemas/notice-schema.ts'

const META = { region: '77', serviceCode: '60099901', targetCode: '-60099901' }
const GUID = '0f8fad5b-d9cb-469f-a165-70867728950e'
const MINUTE = 60_000

describe('a service that is none of Goskey', () => {
  let dir: string
  let sandbox: Sandbox
  let sender: Sender
  let client: ReturnType<typeof epguClient>
  let control: ReturnType<typeof controlOf>

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muhr-notice-'))
    sandbox = await startSandbox({ dir, ports: FREE_PORTS, epguStepMs: 0 })
    sender = await openSender(sandbox)
    const token = await askToken(sandbox, sender)
    client = epguClient(sandbox, () => token)
    control = controlOf(sandbox)
  })
  afterAll(async () => {
    await sandbox.stop()
    await rm(dir, { recursive: true, force: true })
  })

  const send = async (
    change: {
      orderId?: number
      inn?: string
      guid?: string
      date?: string
      without?: string
      signConfig?: boolean
    } = {},
  ) => {
    const id = await client.reserve(META)
    const { inn = '9999000013', guid = GUID, date = '2026-11-30' } = change
    const root = (name: string, body: string) =>
      Buffer.from(
        `<?xml version="1.0"?><${name} xmlns="${noticeSchema.namespace}">${body}</${name}>`,
      )
    const files = [
      {
        path: `req_${GUID}.xml`,
        bytes: root(
          'NoticeRequest',
          `<OrderId>${change.orderId ?? id}</OrderId><Guid>${guid}</Guid><Applicant><INN>${inn}</INN><Name>TEST</Name></Applicant>`,
        ),
      },
      {
        path: `trans_${GUID}.xml`,
        bytes: root('Notice', `<Guid>${guid}</Guid><Subject>TEST</Subject><Date>${date}</Date>`),
      },
    ]
    const signed = await Promise.all(
      files.map(async ({ path, bytes }) => {
        const names =
          change.signConfig === true ? [`${path}.1.sig`, `${path}.2.sig`] : [`${path}.sig`]
        const signatures = await Promise.all(
          names.map(async (name) => ({ path: name, bytes: await sender.sign(bytes) })),
        )

        return [{ path, bytes }, ...signatures]
      }),
    )
    const config = files.map(
      ({ path }) =>
        `<signedDocument><documentFileName>${path}</documentFileName><signData><signFileName>${path}.1.sig</signFileName></signData><signData><signFileName>${path}.2.sig</signFileName></signData></signedDocument>`,
    )
    const archive = packZip(
      [
        ...signed.flat(),
        ...(change.signConfig === true
          ? [
              {
                path: 'sign_config.xml',
                bytes: Buffer.from(`<signedAttachments>${config.join('')}</signedAttachments>`),
              },
            ]
          : []),
      ].filter(({ path }) => change.without === undefined || !path.startsWith(change.without)),
    )
    expect((await client.chunk(id, archive, undefined, META)).status).toBe(200)
    const { code, order } = await client.settled(id)

    return { id, code, statusId: order?.orderStatusId }
  }

  it('takes its own XML with the order number inside, and finds what is wrong', async () => {
    expect(await send()).toMatchObject({ code: 'OK', statusId: 17 })
    expect((await send({ orderId: 1 })).code).toBe('VALIDATION_ERROR')
    expect((await send({ guid: GUID.replace('0', '1') })).code).toBe('VALIDATION_ERROR')
    expect((await send({ date: 'today' })).code).toBe('VALIDATION_ERROR')
    expect((await send({ inn: '9999000020' })).code).toBe('REQ_VERIFY_FAILED')
    expect((await send({ without: 'req_' })).code).toBe('REQ_NOT_FOUND')
    expect((await send({ without: 'trans_' })).code).toBe('MPC_NOT_FOUND')
  })

  it('takes two signatures of a file where sign_config.xml lists them', async () => {
    expect((await send({ signConfig: true })).code).toBe('OK')
    expect((await send({ signConfig: true, without: `trans_${GUID}.xml.2` })).code).toBe(
      'FILES_VERIFICATION_FAILED',
    )
  })

  it('is sent, registered and done by the clock, with a receipt', async () => {
    const { id } = await send()
    const statusAfter = async (offsetMs: number): Promise<number> => {
      await control('clock', 'PUT', { offsetMs })

      return (await client.details(id)).order.orderStatusId
    }
    expect(await statusAfter(MINUTE + 1000)).toBe(21)
    expect(await statusAfter(3 * MINUTE + 1000)).toBe(1)
    expect(await statusAfter(61 * MINUTE)).toBe(3)
    const { order } = await client.details(id)
    const [receipt] = order.orderResponseFiles
    const path = `/api/gusmev/files/download/${order.currentStatusHistoryId}/3?mnemonic=receipt.xml&eserviceCode=60099901`
    expect(receipt.fileName).toBe('receipt.xml')
    expect(await (await client.call(path)).text()).toContain(`<OrderId>${id}</OrderId>`)
    await control('clock', 'PUT', { offsetMs: 0 })
  })

  it('is cancelled while its status says so; Goskey never is', async () => {
    const cancel = async (id: number) => {
      const response = await client.call(`/api/gusmev/order/${id}/cancel?reason=TEST`, {
        method: 'POST',
      })

      return [response.status, await response.text()]
    }
    const { id } = await send()
    expect((await client.details(id)).order.currentStatusHistory.cancelAllowed).toBe(true)
    await control('epgu/switches', 'PUT', { cancelReason: true })
    const path = `/api/gusmev/order/${id}/cancel`
    const unreasoned = await client.call(path, { method: 'POST' })
    expect([unreasoned.status, (await unreasoned.json()).message]).toEqual([
      400,
      expect.stringContaining("'reason'"),
    ])
    expect(await cancel(id)).toEqual([200, ''])
    expect((await client.details(id)).order).toMatchObject({ orderStatusId: 10, closed: true })
    expect((await cancel(id))[0]).toBe(409)
    const goskey = await client.reserve()
    const [status, text] = await cancel(goskey)
    expect([status, JSON.parse(String(text)).code]).toEqual([409, 'cancel_not_allowed'])
    expect((await cancel(1))[0]).toBe(204)
    await control('epgu/switches', 'PUT', { cancelReason: false })
  })

  it('is not pushed in one shot, since nobody knows the number then', async () => {
    expect(await client.push(packZip([]), META)).toBeUndefined()
  })
})
