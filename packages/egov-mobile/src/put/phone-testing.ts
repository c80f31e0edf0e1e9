import { handleApi2Get } from '../api2/handle-api2-get.ts'
import type { ServiceRequest } from '../http/message.ts'
import type { Session } from '../session/session.ts'
import { replyJson, testNow, testSession, withToken } from '../testing.ts'
import { type PutReading, readPut } from './read-put.ts'

/** The JSON of API #2 in the hands of a phone that may do anything to it. */
export type PhoneJson = { [field: string]: unknown; documentsToSign: Record<string, unknown>[] }

export function documentOf({ documentsToSign }: PhoneJson, index: number): Record<string, unknown> {
  const document = documentsToSign[index]
  if (document === undefined) throw new Error('no such document')

  return document
}

export function fileOf(json: PhoneJson, index: number): Record<string, unknown> {
  return (documentOf(json, index).document as { file: Record<string, unknown> }).file
}

export const container = (id: number): Uint8Array => Uint8Array.of(0x30, 0x03, 0x02, 0x01, id)
export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** Signs like the app: takes the JSON of API #2 and replaces the data. */
export async function signedJson(session: Session, change: (json: PhoneJson) => void = () => {}) {
  const { reply } = handleApi2Get(session, { method: 'GET', headers: withToken }, testNow)
  const json = (await replyJson(reply)) as PhoneJson
  for (const [index, { id }] of json.documentsToSign.entries()) {
    fileOf(json, index).data = base64(container(Number(id)))
  }
  change(json)

  return JSON.stringify(json)
}

export function put(text: string, headers: Record<string, string> = withToken): ServiceRequest {
  return { method: 'PUT', headers, body: new TextEncoder().encode(text) }
}

export async function read(text: string, session = testSession()): Promise<PutReading> {
  return readPut(session, put(text), { now: testNow })
}

/** The reading in short: what a reader of a test wants to see. */
export async function outcome(reading: PutReading): Promise<unknown> {
  if (reading.kind === 'signed') return { kind: 'signed', differences: reading.differences }

  const { status } = reading.reply
  if (reading.kind !== 'refused') return { kind: reading.kind, status }
  const { reason, documentId } = reading.fault ?? {}

  return {
    status,
    refusal: reading.refusal,
    ...(reason === undefined ? {} : { reason }),
    ...(documentId === undefined ? {} : { documentId }),
  }
}
