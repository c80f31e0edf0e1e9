import { readFile } from 'node:fs/promises'
import { SECRET_HEADER } from '@muhr/sandbox'
import type { AccountBody, OrderDetailBody } from '../http/schemas/workbench-schemas.ts'
import type { Answer, ProblemBody } from './rest-client.ts'
import { startTestInstallation, type TestInstallation } from './start-test-installation.ts'

/** A service of the portal that is none of Goskey: its own file names, its number inside the XML. */
export const notice = {
  code: '60099901',
  namespace: 'urn://sandbox.muhr.test/notice/1.0.0',
  template: `<?xml version="1.0" encoding="UTF-8"?>
<NoticeRequest xmlns="urn://sandbox.muhr.test/notice/1.0.0">
  <OrderId>{{orderId}}</OrderId>
  <Guid>{{guid}}</Guid>
  <Applicant><INN>9999000013</INN><Name>ООО TEST</Name></Applicant>
</NoticeRequest>`,
  schema: `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn://sandbox.muhr.test/notice/1.0.0" elementFormDefault="qualified">
<xs:element name="NoticeRequest"><xs:complexType><xs:sequence>
  <xs:element name="OrderId" type="xs:positiveInteger"/>
  <xs:element name="Guid"><xs:simpleType><xs:restriction base="xs:string"><xs:length value="36"/></xs:restriction></xs:simpleType></xs:element>
  <xs:element name="Applicant"><xs:complexType><xs:sequence>
    <xs:element name="INN"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[0-9]{10}"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="Name" type="xs:string"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>
</xs:schema>`,
  business: (guid: string) =>
    `<Notice xmlns="urn://sandbox.muhr.test/notice/1.0.0"><Guid>${guid}</Guid><Subject>Уведомление</Subject><Date>2026-11-30</Date></Notice>`,
} as const

export const goskeyCode = '10000000374'

export const goskeyRequest = (now: Date, snils = '000-000-001 01'): string => {
  const expires = new Date(now.getTime() + 4 * 3_600_000).toISOString().slice(0, 19)

  return `<SignRequest xmlns="urn://mpkey.gosuslugi.ru/sign_document/1.0.0"><Snils>${snils}</Snils><SignExpiration>${expires}+03:00</SignExpiration><Description>Договор 17</Description><Attribute><AttributeName>orgName</AttributeName><AttributeValue>ООО TEST</AttributeValue></Attribute><Attribute><AttributeName>orgINN</AttributeName><AttributeValue>9999000013</AttributeValue></Attribute></SignRequest>`
}

export const apiKeyOf = (number: number): string =>
  `00000000-0000-4000-8000-${number.toString().padStart(12, '0')}`

/** The workbench of the demo organisation, with a key and an account, against the real simulators. */
export type WorkbenchWorld = {
  readonly muhr: TestInstallation
  readonly key: string
  readonly account: string
  readonly post: <Body = OrderDetailBody & ProblemBody>(
    path: string,
    json?: object,
    headers?: Record<string, string>,
  ) => Promise<Answer<Body>>
  readonly get: <Body>(path: string) => Promise<Body>
  readonly upload: (
    path: string,
    bytes: Uint8Array | string,
  ) => Promise<Answer<OrderDetailBody & ProblemBody>>
  /** Makes an order of Goskey with one PDF. */
  readonly goskeyOrder: (more?: object) => Promise<OrderDetailBody>
  /** Reads an order until it is in a state. */
  readonly until: (id: string, state: string) => Promise<OrderDetailBody>
  /** Asks the portal until an order has a status there. */
  readonly untilStatus: (id: string, statusId: number) => Promise<OrderDetailBody>
  readonly control: (path: string, body: object, method?: string) => Promise<void>
  /** Key and certificate of the sending organisation, PEM. */
  readonly senderPem: string
}

const limitMs = 20_000

export async function createWorkbenchWorld(): Promise<WorkbenchWorld> {
  const muhr = await startTestInstallation({ env: { MUHR_SESSION_TTL_HOURS: '12' } })
  const sandboxKey = (format: string) =>
    muhr.ready.keys.find(
      (each) =>
        each.country === 'RU' &&
        each.format === format &&
        each.account === 'sender' &&
        each.state === 'valid' &&
        each.algorithm === 'ru-2012-256',
    )
  const { api } = muhr
  const post: WorkbenchWorld['post'] = (path, json, headers) =>
    api.call(path, {
      method: 'POST',
      ...(json === undefined ? {} : { json }),
      ...(headers === undefined ? {} : { headers }),
    })
  const get: WorkbenchWorld['get'] = async (path) => {
    const { status, body } = await api.call(path)
    if (status !== 200) {
      throw new Error(`${path}: ${JSON.stringify(body)}`)
    }

    return body as never
  }
  // The sandbox has the PKCS#12 of this organisation among its keys already.
  const senderPem = await readFile(sandboxKey('pkcs8-pem')?.file ?? '', 'latin1')
  const added = await post<{ id: string }>('/v1/keys', {
    kind: 'pem',
    file: Buffer.from(senderPem).toString('base64'),
  })
  const key = added.body.id
  const account = await post<AccountBody>('/v1/workbench/accounts', {
    name: 'Отправителев',
    esiaUrl: muhr.ready.esia,
    epguUrl: muhr.ready.epgu,
    apiKey: apiKeyOf(1001),
    signerKey: key,
  })
  const again = async <T>(read: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> => {
    const end = Date.now() + limitMs
    for (;;) {
      const value = await read()
      if (isThere(value)) {
        return value
      }
      if (Date.now() > end) {
        throw new Error(`it stays so: ${JSON.stringify(value, undefined, 1)}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
  const upload: WorkbenchWorld['upload'] = (path, bytes) =>
    api.call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: Buffer.from(bytes as Uint8Array),
    })
  const control: WorkbenchWorld['control'] = async (path, body, method = 'POST') => {
    const answer = await fetch(`${muhr.ready.epgu}/_sim/${path}`, {
      method,
      headers: { [SECRET_HEADER]: muhr.ready.control.secret, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) {
      throw new Error(await answer.text())
    }
  }
  // The rule of twenty orders has a test of its own.
  await control('epgu/switches', { quotas: false }, 'PUT')

  return {
    muhr,
    key,
    account: account.body.id,
    post,
    get,
    upload,
    control,
    goskeyOrder: async (more = {}) => {
      const order = await post('/v1/workbench/orders', {
        account: account.body.id,
        serviceCode: goskeyCode,
        region: '77',
        ...more,
      })
      const { id } = order.body
      await api.call(`/v1/workbench/orders/${id}/xml`, {
        method: 'PUT',
        json: { xml: goskeyRequest(muhr.server.app.now()) },
      })

      return (
        await upload(`/v1/workbench/orders/${id}/files?fileName=contract.pdf`, '%PDF-1.4 TEST\n')
      ).body
    },
    until: (id, state) =>
      again(
        () => get<OrderDetailBody>(`/v1/workbench/orders/${id}`),
        (order) => order.state === state,
      ),
    untilStatus: (id, statusId) =>
      again(
        async () => (await post(`/v1/workbench/orders/${id}/refresh`)).body,
        (order) => order.portal?.statusId === statusId,
      ),
    senderPem,
  }
}
