import { createHash } from 'node:crypto'
import type {
  ConnectionId,
  DocumentId,
  EnvelopeDocument,
  Instant,
  PlanInput,
  RecipientId,
  Sha256Hex,
} from '@muhr/envelope'
import { type GoskeyConnection, parseConnection } from './connection.ts'

export const now = '2026-11-22T08:00:00.000Z' as Instant

/** The settings of a connection as a form sends them. */
export const settings = {
  esiaUrl: 'https://esia.test/',
  epguUrl: 'http://127.0.0.1:8443',
  mnemonic: 'MUHR_TEST',
  organisationName: 'ООО "TEST РОМАШКА"',
  organisationInn: '9999000013',
  organisationOgrn: '1009900000010',
  apiKeys: [
    { apiKey: '00000000-0000-4000-8000-000000001001', name: 'Отправителев Т. Т.' },
    { apiKey: '00000000-0000-4000-8000-000000001002', name: 'Ромашкина Т. Т.', signerKey: 'sky_1' },
  ],
} as const

/** Those settings, read. */
export function testConnection(changes: Partial<GoskeyConnection> = {}): GoskeyConnection {
  const parsed = parseConnection(settings)
  if (!parsed.ok) throw new Error('the settings of the tests are refused')

  return { ...parsed.connection, ...changes }
}

/** A document of an envelope, by name and size alone. */
export function testDocument(fileName: string, position = 0, size = 600): EnvelopeDocument {
  return {
    id: `doc_${position}` as DocumentId,
    position,
    sha256: createHash('sha256').update(`${position}`).digest('hex') as Sha256Hex,
    size,
    mediaType: 'application/pdf',
    fileName,
    title: {},
    meta: [],
  }
}

export function planInput(
  changes: Partial<PlanInput<GoskeyConnection>> = {},
): PlanInput<GoskeyConnection> {
  return {
    connection: testConnection(),
    connectionId: 'con_1' as ConnectionId,
    method: 'UKEP',
    sender: { name: { ru: 'ООО' } },
    recipient: {
      id: 'rcp_1' as RecipientId,
      name: 'БОРИСОВ БОРИС',
      locale: 'ru',
      orderGroup: 1,
      identifiers: { snils: '000-000-002 02' },
      methods: [],
    },
    documents: [testDocument('contract.pdf')],
    now,
    ...changes,
  }
}
