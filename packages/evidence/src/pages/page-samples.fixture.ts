import type { SignatureReport, SubIndication, VerificationReport } from '@muhr/pki'
import { adviceWords } from '../words/advice.ts'
import { numberWords, roleWords, stateWords } from '../words/report.ts'
import type { PageData } from './page-data.ts'

/** A signature that passes everything. */
export const sampleSignature: SignatureReport = {
  indication: 'TOTAL-PASSED',
  format: 'CAdES-T',
  country: 'KZ',
  signatureAlgorithm: { oid: '1.2.840.113549.1.1.11', name: 'RSA with SHA-256' },
  digestAlgorithm: { oid: '2.16.840.1.101.3.4.2.1', name: 'SHA-256' },
  cryptography: 'valid',
  contentDigest: 'ab'.repeat(32),
  level: 'unqualified',
  signer: {
    subject: 'CN=ТЕСТОВ ТЕСТ,SERIALNUMBER=IIN000140000017,C=KZ',
    name: 'ТЕСТОВ ТЕСТ',
    serialNumber: '0a1b',
    iin: '000140000017',
    role: '1.2.398.3.3.4.1.1',
  },
  chain: [
    { subject: 'CN=ТЕСТОВ ТЕСТ', serialNumber: '0a1b', sha256: '01'.repeat(32) },
    { subject: 'CN=TEST CA', serialNumber: '02', sha256: '02'.repeat(32) },
  ],
  anchor: { subject: 'CN=TEST CA', sha256: '02'.repeat(32) },
  revocation: [
    {
      serialNumber: '0a1b',
      source: 'ocsp',
      status: 'good',
      thisUpdate: '2026-11-22T10:47:20.000Z',
    },
  ],
  signingTime: '2026-11-22T10:47:10.000Z',
  timestamps: [{ genTime: '2026-11-22T10:47:12.000Z', valid: true }],
  checks: [
    { name: 'format', result: 'passed' },
    { name: 'content-digest', result: 'passed' },
    { name: 'signature-value', result: 'passed' },
    { name: 'certificate-path', result: 'passed' },
    { name: 'time-stamp', result: 'passed' },
  ],
}

export const sampleReport: VerificationReport = {
  indication: 'TOTAL-PASSED',
  policy: 'kz-500',
  validationTime: '2026-11-22T10:47:20.000Z',
  sandbox: true,
  signatures: [sampleSignature],
}

/** An envelope with one document and one signature. */
export const samplePage: PageData = {
  envelope: {
    id: '01JDTEST0000000000000000EV',
    title: 'Договор',
    state: 'completed',
    organisation: 'ТОО «Пример»',
    bin: '000240000017',
    createdAt: '2026-11-22T10:40:00.000Z',
    sentAt: '2026-11-22T10:41:00.000Z',
    endedAt: '2026-11-22T10:47:30.000Z',
    sandbox: true,
    lastEvent: 3,
    eventHash: '0f'.repeat(32),
  },
  documents: [
    {
      path: 'documents/01-a.pdf',
      title: 'Договор № 17',
      sha256: 'cd'.repeat(32),
      mediaType: 'application/pdf',
    },
  ],
  contents: [
    {
      path: 'documents/01-a.pdf',
      document: 'documents/01-a.pdf',
      derivation: 'identity',
      sha256: 'cd'.repeat(32),
    },
  ],
  signatures: [
    {
      path: 'signatures/01-a.pdf.p7s',
      sha256: 'ef'.repeat(32),
      document: 'documents/01-a.pdf',
      content: 'documents/01-a.pdf',
      format: 'CAdES-T',
      detached: true,
      signer: { name: 'ТЕСТОВ ТЕСТ', iin: '000140000017', serialNumber: '0a1b' },
      recipient: 'Тестов Тест',
      indication: 'TOTAL-PASSED',
      standing: 'accepted',
    },
  ],
  reports: [sampleReport],
}

type Named = PageData['signatures'][number]

const sampleNamed = samplePage.signatures[0] as Named

/** Pages with one signature each of these, in this order. */
function withSignatures(
  list: readonly { readonly report: VerificationReport; readonly named?: Partial<Named> }[],
): PageData {
  return {
    ...samplePage,
    signatures: list.map(({ report, named }, index) => ({
      ...sampleNamed,
      path: `signatures/${index}.p7s`,
      indication: report.indication,
      ...named,
    })),
    reports: list.map(({ report }) => report),
  }
}

const ofSignature = (changes: Partial<SignatureReport>): VerificationReport => {
  const signature = { ...sampleSignature, ...changes }
  const { indication, subIndication } = signature

  return {
    ...sampleReport,
    indication,
    ...(subIndication === undefined ? {} : { subIndication }),
    signatures: [signature],
  }
}

const failing: readonly SubIndication[] = [
  'FORMAT_FAILURE',
  'HASH_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'REVOKED',
  'EXPIRED',
  'NOT_YET_VALID',
]

const { signingTime: _claimed, ...withoutTime } = sampleSignature
const { sentAt: _sent, endedAt: _ended, bin: _bin, ...bareEnvelope } = samplePage.envelope
const gost = {
  signatureAlgorithm: { oid: '1.2.398.3.10.1.1.2.3.2', name: 'GOST' },
  digestAlgorithm: { oid: '1.2.398.3.10.1.3.3', name: 'Streebog-512' },
}

/** Data that reach every branch of the pages: what their frozen form is measured on. */
export const pageSamples: Readonly<Record<string, PageData>> = {
  plain: samplePage,
  'no sandbox, little known': {
    ...samplePage,
    envelope: { ...bareEnvelope, sandbox: false, state: 'unheard-of' },
  },
  'no signatures': { ...samplePage, signatures: [], reports: [] },
  ...Object.fromEntries(
    Object.keys(stateWords).map((state) => [
      `state ${state}`,
      { ...samplePage, envelope: { ...samplePage.envelope, state } },
    ]),
  ),
  'every sub-indication': withSignatures(
    (Object.keys(adviceWords) as SubIndication[]).map((subIndication) => ({
      report: ofSignature({
        subIndication,
        indication: failing.includes(subIndication) ? 'TOTAL-FAILED' : 'INDETERMINATE',
      }),
    })),
  ),
  'every role and number': withSignatures(
    [...Object.keys(roleWords), '1.2.3'].map((role) => ({
      report: ofSignature({
        signer: {
          ...sampleSignature.signer,
          ...Object.fromEntries(Object.keys(numberWords).map((kind) => [kind, '123'])),
          organisation: 'ТОО «Пример»',
          role,
        },
      }),
      named: {
        signer: {
          name: 'ТЕСТОВ ТЕСТ',
          organisation: 'ТОО «Пример»',
          ...Object.fromEntries(Object.keys(numberWords).map((kind) => [kind, '123'])),
        },
      },
    })),
  ),
  'every standing': withSignatures(
    ['accepted', 'held', 'refused', 'late', 'unheard-of'].map((standing) => ({
      report: sampleReport,
      named: {
        standing,
        acceptedBy: { actor: 'u1', reason: 'Сверено по телефону', at: '2026-11-22T11:00:00.000Z' },
      },
    })),
  ),
  'every answer': withSignatures([
    {
      report: ofSignature({
        ...withoutTime,
        timestamps: [],
        revocation: [],
        chain: [],
        checks: [],
      }),
    },
    { report: ofSignature({ timestamps: [], revocation: [] }) },
    {
      report: ofSignature({
        timestamps: [{ genTime: '2026-11-22T10:47:12.000Z', valid: false }],
        revocation: [{ serialNumber: '0a1b', source: 'crl', status: 'revoked' }],
        checks: (
          [
            'format',
            'content-digest',
            'signature-value',
            'certificate-path',
            'time-stamp',
            'revocation',
          ] as const
        ).map((name) => ({ name, result: 'failed', detail: 'broken' })),
      }),
    },
    {
      report: ofSignature({
        timestamps: [{ genTime: '2026-11-22T10:47:12.000Z', valid: false }],
        revocation: [{ serialNumber: '0a1b', source: 'ocsp', status: 'revoked' }],
        checks: [
          { name: 'certificate-path', result: 'passed' },
          { name: 'certificate-validity', result: 'indeterminate', detail: 'ended' },
        ],
      }),
    },
    { report: ofSignature({ checks: [{ name: 'format', result: 'failed', detail: 'x' }] }) },
  ]),
  'GOST and RSA, attached and detached': withSignatures([
    { report: ofSignature(gost), named: { detached: false, content: 'contents/01-x y.bin' } },
    { report: ofSignature(gost), named: { detached: true, path: "signatures/a'b.p7s" } },
    { report: ofSignature({}), named: { detached: false } },
    { report: ofSignature({ ...withoutTime, timestamps: [] }), named: { detached: true } },
  ]),
  'unread containers, several signers, a document without signature': {
    ...withSignatures([
      {
        report: {
          ...sampleReport,
          indication: 'TOTAL-FAILED',
          subIndication: 'FORMAT_FAILURE',
          signatures: [],
        },
      },
      { report: { ...sampleReport, signatures: [sampleSignature, sampleSignature] } },
    ]),
    documents: [
      ...samplePage.documents,
      {
        path: 'documents/02-b.pdf',
        title: 'Приложение',
        sha256: '12'.repeat(32),
        mediaType: 'application/pdf',
      },
    ],
  },
}
