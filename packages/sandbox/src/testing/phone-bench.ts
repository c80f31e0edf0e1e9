import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createTrustStore,
  parseCertificate,
  type VerificationReport,
  verifySignature,
} from '@muhr/pki'
import type { PhoneCall } from '../egov-mobile/call-service.ts'
import type { KeyAlgorithm } from '../egov-mobile/citizen-key.ts'
import { createPhone, type Phone, type PhoneOptions } from '../egov-mobile/phone.ts'
import { authorities } from '../pki/profile.ts'
import type { TestPki } from '../pki/test-pki.ts'
import { answerOcsp } from '../trust/answer-ocsp.ts'
import { api1Sample, documentSample } from './seed-samples.ts'
import {
  SERVICE_HOST,
  type StrictService,
  type StrictServiceOptions,
  strictService,
} from './strict-service.ts'
import { testRandom, tsaOf } from './test-pki.ts'

export const PDF = Buffer.from('%PDF-1.7\nдоговор')
export const SECOND = Buffer.from('second document')
export const TOKEN = '2dffe45dssvg'

const file = (bytes: Uint8Array) => ({
  document: { file: { mime: 'application/pdf', data: Buffer.from(bytes).toString('base64') } },
})

/** API #1 that is good for five minutes. */
export const freshApi1 = (
  uri: string,
  auth: object = { auth_type: 'Token', auth_token: TOKEN },
): object =>
  api1Sample({
    expiry_date: new Date(Date.now() + 300_000).toISOString(),
    document: { uri, ...auth },
  })

export const api2Text = (signMethod: string, documents: readonly object[]): string =>
  JSON.stringify({ signMethod, version: 1, documentsToSign: documents })
export const oneDocument = (method: string): string => api2Text(method, [documentSample(file(PDF))])
export const twoDocuments = (method: string): string =>
  api2Text(method, [
    documentSample({ id: 7, ...file(PDF) }),
    documentSample({ id: 9, ...file(SECOND) }),
  ])

/** A service with one detached signature to make and the token of the seed. */
export const service = (options: Partial<StrictServiceOptions> = {}): StrictService =>
  strictService({ api1: freshApi1, api2: oneDocument('CMS_SIGN_ONLY'), token: TOKEN, ...options })

/** The phone of Үлгіұлы Сынақ with all alternative keys. */
export async function makePhone(
  pki: TestPki,
  { fetch }: Pick<StrictService, 'fetch'>,
  options: Partial<PhoneOptions> & { algorithm?: KeyAlgorithm } = {},
): Promise<{ phone: Phone; calls: PhoneCall[] }> {
  const { algorithm = 'kz-2015-512', ...more } = options
  const calls: PhoneCall[] = []
  const phone = createPhone({
    key: await pki.citizenKey({ account: 'person', algorithm, state: 'valid' }),
    alternativeKey: (which) =>
      which === 'other-person'
        ? pki.citizenKey({ account: 'second', algorithm, state: 'valid' })
        : pki.citizenKey({
            account: 'person',
            algorithm: which === 'authentication' ? 'rsa-2048' : algorithm,
            state: which,
          }),
    language: 'ru',
    appVersion: { platform: 'ios', version: '2.4.1' },
    fetch,
    now: () => new Date(),
    random: testRandom,
    tsa: tsaOf(pki),
    allowedHosts: [SERVICE_HOST],
    delay: async () => undefined,
    onCall: (call) => calls.push(call),
    ...more,
  })

  return { phone, calls }
}

/** `data` of the documents of a PUT, decoded, by position. */
export const signedOf = (text: string): Buffer[] =>
  JSON.parse(text).documentsToSign.map((each: { document: { file: { data: string } } }) =>
    Buffer.from(each.document.file.data, 'base64'),
  )

/** The verdict of the verifier under the policy `sandbox`, with the OCSP of the test PKI. */
export async function judge(
  pki: TestPki,
  container: Uint8Array,
  content?: Uint8Array,
): Promise<VerificationReport> {
  const anchors = await Promise.all(
    authorities
      .filter(({ isTrusted }) => isTrusted)
      .map(async ({ id }) => parseCertificate(await readFile(join(pki.folder, 'ca', `${id}.cer`)))),
  )
  const { report } = await verifySignature({
    container,
    ...(content === undefined ? {} : { content }),
    trust: createTrustStore(anchors.map((certificate) => ({ certificate, origin: 'sandbox' }))),
    policy: 'sandbox',
    now: new Date(),
    sources: {
      ocsp: async (request) =>
        (await answerOcsp(request, { pki, now: new Date(), fault: 'none' })).response,
    },
  })

  return report
}
