import { createHash } from 'node:crypto'
import {
  addSignatureTimeStamp,
  algorithmOid,
  buildCrl,
  buildOcspResponse,
  buildTimeStampToken,
  certIdOf,
  createSignedData,
  digestOf,
  parseSignedData,
  verifySignature,
} from '@muhr/pki'
import { type AuditEvent, type ChainedEvent, chainHash, genesisHash } from '../event-chain.ts'
import { layOutBundle } from '../lay-out-bundle.ts'
import type { EvidenceSource } from '../source.ts'
import { writeBundle } from '../write-bundle.ts'
import { type TestIdentity, type TestPki, testPki, trustIn } from './test-pki.ts'

/** When the test signatures are made, stamped, received and looked at. */
export const testTimes = {
  created: new Date('2026-03-22T10:40:00Z'),
  signed: new Date('2026-03-22T10:47:10Z'),
  stamped: new Date('2026-03-22T10:47:12Z'),
  received: new Date('2026-03-22T10:47:20Z'),
  ended: new Date('2026-03-22T10:47:30Z'),
  manifestStamped: new Date('2026-03-22T10:47:40Z'),
  now: new Date('2026-03-23T08:00:00Z'),
} as const

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A token of the TSA over some octets, imprint SHA-256. */
export function stampOver(
  tsa: TestIdentity,
  data: Uint8Array,
  genTime: Date = testTimes.stamped,
): Promise<Uint8Array> {
  return buildTimeStampToken(
    { ...tsa, policy: '1.2.398.3.3.2.6.4' },
    {
      messageImprint: {
        digestOid: algorithmOid.sha256,
        hash: digestOf(algorithmOid.sha256, data),
      },
      serialNumber: 77n,
      genTime,
    },
  )
}

/** A signature of the Kazakh profile with a time-stamp. */
export async function signWith(
  signer: TestIdentity,
  {
    content,
    form,
    tsa,
  }: {
    readonly content: Uint8Array
    readonly form: 'attached' | 'detached'
    readonly tsa?: TestIdentity | undefined
  },
): Promise<Uint8Array> {
  const container = await createSignedData({
    content,
    form,
    signers: [{ ...signer, signingTime: testTimes.signed }],
  })
  const [signerInfo] = parseSignedData(container).signerInfos

  return tsa === undefined || signerInfo === undefined
    ? container
    : addSignatureTimeStamp(container, { token: await stampOver(tsa, signerInfo.signature) })
}

/** A list of the root: none of its authorities is revoked. */
function emptyCrl(root: TestIdentity): Promise<Uint8Array> {
  return buildCrl(
    {
      issuer: root.certificate.subject.bytes,
      thisUpdate: testTimes.created,
      nextUpdate: new Date(testTimes.created.getTime() + 30 * 86_400_000),
      crlNumber: 1n,
      entries: [],
    },
    root.key,
  )
}

function goodOcsp(
  pki: TestPki,
  { certificate }: TestIdentity,
  producedAt: Date = testTimes.received,
): Promise<Uint8Array> {
  return buildOcspResponse(
    {
      responses: [
        {
          certId: certIdOf({ certificate, issuer: pki.authority.certificate }, algorithmOid.sha256),
          certStatus: { status: 'good' },
          thisUpdate: producedAt,
        },
      ],
      producedAt,
      responder: pki.ocsp.certificate,
    },
    pki.ocsp.key,
  )
}

/** Events of an envelope, chained. */
export function chainEvents(envelopeId: string, types: readonly string[]): readonly ChainedEvent[] {
  let hash = genesisHash

  return types.map((type, index) => {
    const event: AuditEvent = {
      envelopeId,
      seq: index + 1,
      at: new Date(testTimes.created.getTime() + index * 1000).toISOString(),
      type,
      actor: { kind: 'system' },
      data: { note: 'ТЕСТ' },
    }
    const prevHash = hash
    hash = chainHash(prevHash, event)

    return { ...event, prevHash, hash }
  })
}

export type TestEvidence = {
  readonly source: EvidenceSource
  readonly bytes: Uint8Array
  readonly pkis: readonly TestPki[]
}

export type TestEvidenceOptions = {
  readonly sandbox?: boolean
  /** Without GOST keys, whose mathematics takes its time: for what does not depend on it. */
  readonly onlyRsa?: boolean
  readonly withManifestTimestamp?: boolean
  /** Is what the time-stamp over the manifest rests on beside it? */
  readonly withStampMaterial?: boolean
  /** Do the signatures carry time-stamps of their own? */
  readonly withSignatureTimestamps?: boolean
  /** Changes the source before it is laid out. */
  readonly change?: (source: EvidenceSource) => EvidenceSource
  /** Which file names the three documents have. */
  readonly fileNames?: readonly [string, string, string]
}

const envelopeId = '01JDTEST0000000000000000EV'

type Part = {
  readonly document: Uint8Array
  readonly title: string
  readonly derivation: 'identity' | 'utf8-of-base64'
  readonly form: 'attached' | 'detached'
  readonly pki: TestPki
  readonly signer: TestIdentity
  readonly recipient: string
}

/** Three documents: RSA detached, GOST attached over a derived content, RSA attached. */
async function partsOf(sandbox: boolean, onlyRsa: boolean): Promise<readonly Part[]> {
  const rsa = await testPki({ kind: 'rsa-2048', sandbox })
  const gost = onlyRsa ? rsa : await testPki({ kind: 'kz-2015-512', sandbox })
  const document = (text: string) => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`, 'utf8')

  return [
    {
      document: document('Договор № 17'),
      title: 'Договор поставки № 17',
      derivation: 'identity',
      form: 'detached',
      pki: rsa,
      signer: rsa.person,
      recipient: 'Тестов Тест',
    },
    {
      document: document('Шарт № 18'),
      title: 'Жеткізу шарты № 18',
      derivation: 'utf8-of-base64',
      form: 'attached',
      pki: gost,
      signer: gost.head,
      recipient: 'Үлгіұлы Сынақ',
    },
    {
      document: document('Shartnoma № 19'),
      title: 'Yetkazib berish shartnomasi № 19',
      derivation: 'identity',
      form: 'attached',
      pki: rsa,
      signer: rsa.head,
      recipient: 'Үлгіұлы Сынақ',
    },
  ]
}

/** Evidence of an envelope with three documents, signed by two kinds of keys. */
export async function makeEvidence({
  sandbox = true,
  onlyRsa = false,
  withManifestTimestamp = true,
  withStampMaterial = false,
  withSignatureTimestamps = true,
  change = (source) => source,
  fileNames = ['Договор № 17.pdf', 'Шарт № 18.pdf', 'shartnoma.pdf'],
}: TestEvidenceOptions = {}): Promise<TestEvidence> {
  const parts = await partsOf(sandbox, onlyRsa)
  const pkis = [...new Set(parts.map(({ pki }) => pki))]
  const store = new Map<string, Uint8Array>()
  const put = (bytes: Uint8Array): string => {
    store.set(sha256(bytes), bytes)

    return sha256(bytes)
  }
  const material = {
    certificates: new Set<string>(),
    ocsp: new Set<string>(),
    crls: new Set<string>(),
    timestamps: new Set<string>(),
  }
  const signatures: EvidenceSource['signatures'][number][] = []
  const documents: EvidenceSource['documents'][number][] = []
  const contents: EvidenceSource['contents'][number][] = []
  for (const [index, part] of parts.entries()) {
    const content =
      part.derivation === 'identity'
        ? part.document
        : Buffer.from(Buffer.from(part.document).toString('base64'), 'utf8')
    const tsa = withSignatureTimestamps ? part.pki.tsa : undefined
    const container = await signWith(part.signer, { content, form: part.form, tsa })
    const verification = await verifySignature({
      container,
      content,
      trust: trustIn(...pkis),
      policy: 'etsi-basic',
      now: testTimes.received,
      stored: {
        certificates: [part.pki.authority.certificate.bytes],
        ocsp: [await goodOcsp(part.pki, part.signer)],
      },
    })
    for (const kind of ['certificates', 'ocsp', 'crls', 'timestamps'] as const) {
      for (const { bytes } of verification.material[kind]) {
        material[kind].add(put(bytes))
      }
    }
    documents.push({
      id: `d${index}`,
      title: part.title,
      fileName: fileNames[index] ?? 'document.pdf',
      mediaType: 'application/pdf',
      sha256: put(part.document),
    })
    contents.push({
      id: `c${index}`,
      document: `d${index}`,
      derivation: part.derivation,
      sha256: put(content),
    })
    signatures.push({
      id: `s${index}`,
      content: `c${index}`,
      sha256: put(container),
      format: 'CMS',
      detached: part.form === 'detached',
      recipient: part.recipient,
      standing: 'accepted',
      report: verification.report,
    })
  }
  const source = change({
    envelope: {
      id: envelopeId,
      title: 'Договоры поставки, ноябрь',
      state: 'completed',
      organisation: 'ТОО «Пример»',
      bin: '000240000017',
      createdAt: testTimes.created.toISOString(),
      sentAt: testTimes.created.toISOString(),
      endedAt: testTimes.ended.toISOString(),
      sandbox,
    },
    documents,
    contents,
    signatures,
    material: {
      certificates: [...material.certificates].sort(),
      ocsp: [...material.ocsp].sort(),
      crls: [...material.crls].sort(),
      timestamps: [...material.timestamps].sort(),
    },
    events: chainEvents(envelopeId, ['envelope.created', 'envelope.sent', 'envelope.completed']),
    read: async (digest) => {
      const bytes = store.get(digest)
      if (bytes === undefined) {
        throw new RangeError('read: there is no such object')
      }

      return bytes
    },
  })
  const layout = layOutBundle(source)
  const [first] = pkis
  const manifestTimestamp =
    withManifestTimestamp && first !== undefined
      ? await stampOver(first.tsa, layout.manifestBytes, testTimes.manifestStamped)
      : undefined

  const stampMaterial =
    withStampMaterial && first !== undefined
      ? {
          certificates: [put(first.authority.certificate.bytes)],
          ocsp: [put(await goodOcsp(first, first.tsa, testTimes.manifestStamped))],
          crls: [put(await emptyCrl(first.root))],
        }
      : undefined
  const options = { read: source.read, manifestTimestamp, stampMaterial }

  return { source, bytes: await collect(writeBundle(layout, options)), pkis }
}

/** All bytes of a stream. */
export async function collect(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) {
    chunks.push(chunk as Uint8Array)
  }

  return Buffer.concat(chunks)
}
