import { joinOctets, readPem } from '../../asn1/index.ts'
import { augmentToT } from '../../cades/index.ts'
import {
  addSigner,
  type CmsSigner,
  createSignedData,
  createSignedDataStream,
  type SignatureProfileName,
} from '../../cms/index.ts'
import { createSigningKey, type SigningKey } from '../../keys/index.ts'
import { createTrustStore, type TrustStore } from '../../trust/index.ts'
import {
  acceptTimeStampResponse,
  buildTimeStampRequest,
  buildTimeStampResponse,
  buildTimeStampToken,
  parseTimeStampRequest,
} from '../../tsp/index.ts'
import {
  type VerificationReport,
  verifySignature,
  verifySignatureStream,
  verifyTimeStamp,
} from '../../verify/index.ts'
import { type OpensslRoom, openOpensslRoom } from '../../verify/testing/openssl.ts'
import { type Certificate, parseCertificate } from '../../x509/index.ts'

/** A parameter set that both sides know. */
export type GostSet = {
  readonly name: string
  readonly algorithm: 'gost2012_256' | 'gost2012_512'
  readonly paramset: string
  readonly md: 'md_gost12_256' | 'md_gost12_512'
  readonly digestOid: string
}

export const gostSets: readonly GostSet[] = [
  {
    name: '256-A (CryptoPro)',
    algorithm: 'gost2012_256',
    paramset: 'A',
    md: 'md_gost12_256',
    digestOid: '1.2.643.7.1.1.2.2',
  },
  {
    name: '512-A',
    algorithm: 'gost2012_512',
    paramset: 'A',
    md: 'md_gost12_512',
    digestOid: '1.2.643.7.1.1.2.3',
  },
]

const configuration = (md: string): string => `[v3_ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[v3_ee]
keyUsage = critical,digitalSignature,nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[v3_tsa]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[req]
distinguished_name = dn
[dn]
[tsa]
default_tsa = t1
[t1]
serial = serial
default_policy = 1.2.3.4
digests = md_gost12_256, md_gost12_512, sha256
signer_digest = ${md}
ess_cert_id_alg = sha256
accuracy = secs:1
ordering = yes
`

/** OpenSSL with gost-engine, a PKI of its making, and our hold of the same keys. */
export type GostPeer = {
  readonly room: OpensslRoom
  readonly trust: TrustStore
  readonly set: GostSet
  readonly signer: { readonly key: SigningKey; readonly certificate: Certificate }
  readonly tsa: { readonly key: SigningKey; readonly certificate: Certificate }
}

/** Makes a {@link GostPeer}: root, signer, second signer, TSA. Close its room at the end. */
export const openGostPeer = (set: GostSet): GostPeer => {
  const room = openOpensslRoom({ gost: true })
  room.write('ca.cnf', configuration(set.md))
  room.write('serial', '01\n')
  const digest = `-${set.md}`
  const key = ['-algorithm', set.algorithm, '-pkeyopt', `paramset:${set.paramset}`]
  room.run('genpkey', ...key, '-out', 'ca.key')
  room.run(
    ...['req', '-new', '-x509', digest, '-key', 'ca.key', '-out', 'ca.pem', '-days', '3650'],
    ...['-subj', '/CN=TEST CA/O=TEST', '-config', 'ca.cnf', '-extensions', 'v3_ca'],
  )
  const issue = (name: string, extensions: string): GostPeer['signer'] => {
    room.run('genpkey', ...key, '-out', `${name}.key`)
    room.run(
      ...['req', '-new', digest, '-key', `${name}.key`, '-out', `${name}.csr`],
      ...['-config', 'ca.cnf', '-subj', `/CN=TEST ${name}`],
    )
    room.run(
      ...['x509', '-req', digest, '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key'],
      ...['-CAcreateserial', '-days', '30', '-extfile', 'ca.cnf', '-extensions', extensions],
      ...['-out', `${name}.pem`],
    )
    const [pkcs8] = readPem(new TextDecoder().decode(room.read(`${name}.key`)))
    return {
      key: createSigningKey(pkcs8?.bytes ?? new Uint8Array()),
      certificate: parseCertificate(room.run('x509', '-in', `${name}.pem`, '-outform', 'DER')),
    }
  }
  const certificate = parseCertificate(room.run('x509', '-in', 'ca.pem', '-outform', 'DER'))
  return {
    room,
    set,
    trust: createTrustStore([{ certificate, origin: 'explicit' }]),
    signer: issue('ee', 'v3_ee'),
    tsa: issue('tsa', 'v3_tsa'),
  }
}

/** How a signature is laid out, and how OpenSSL makes and checks that. */
export const agreementForms = [
  { name: 'detached', form: 'detached', make: [], check: [] },
  { name: 'attached', form: 'attached', make: ['-nodetach'], check: [] },
  { name: 'CAdES', form: 'detached', make: ['-cades'], check: ['-cades'] },
  {
    name: 'BER stream',
    form: 'attached',
    make: ['-nodetach', '-stream', '-indef'],
    check: [],
  },
] as const

/** One of {@link agreementForms}. */
export type AgreementForm = (typeof agreementForms)[number]

const problems = ({ indication, signatures }: VerificationReport): string =>
  indication === 'TOTAL-PASSED'
    ? ''
    : signatures
        .flatMap(({ checks }) => checks)
        .filter(({ result }) => result !== 'passed')
        .map(({ name, detail }) => `${name} ${detail}`)
        .join(', ') || indication

/** They sign, we verify, in memory and as a stream. Empty when both agree. */
export const verifyTheirs = async (
  { room, set, trust }: GostPeer,
  { form, content: wanted }: { readonly form: AgreementForm; readonly content: Uint8Array },
): Promise<string> => {
  // OpenSSL 3.0 fails to stream an empty content.
  const content = wanted.length === 0 && form.name === 'BER stream' ? Uint8Array.of(0) : wanted
  room.write('content.bin', content)
  room.run(
    ...['cms', '-sign', '-binary', '-in', 'content.bin', '-signer', 'ee.pem', '-inkey', 'ee.key'],
    ...['-md', set.md, '-outform', 'DER', '-out', 'out.p7s', ...form.make],
  )
  const container = room.read('out.p7s')
  const setting = { trust, policy: 'etsi-basic', now: new Date() } as const
  const memory = await verifySignature({ ...setting, container, content })
  const stream = await verifySignatureStream({ ...setting, container, content })
  const other = await verifySignature({
    ...setting,
    container,
    content: Uint8Array.of(...content, 0),
  })
  return [
    problems(memory.report),
    problems(stream.report),
    other.report.indication === 'TOTAL-FAILED' ? '' : 'other content passes',
  ].join('')
}

const collected = async (pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) {
    parts.push(piece)
  }
  return joinOctets(parts)
}

const profiles: readonly SignatureProfileName[] = ['ru-cryptopro', 'ru-tc26', 'etsi']

/** We sign, they verify. Throws with the complaint of OpenSSL, or because it takes other content. */
export const verifyOurs = async (
  { room, signer, tsa }: GostPeer,
  {
    form,
    content,
    turn,
  }: { readonly form: AgreementForm; readonly content: Uint8Array; readonly turn: number },
): Promise<void> => {
  const profile = form.name === 'CAdES' ? 'etsi' : profiles[turn % profiles.length]
  const signers: readonly CmsSigner[] = [
    { ...signer, signingTime: new Date(), ...(profile === undefined ? {} : { profile }) },
  ]
  const made =
    form.name === 'BER stream'
      ? await collected(createSignedDataStream({ content, encoding: 'ber', signers }))
      : await createSignedData({ content, form: form.form, signers })
  // Every third container has a second signer, joined later.
  const container =
    turn % 3 === 2 && form.name !== 'CAdES'
      ? await addSigner(made, { content, signer: { ...tsa, signingTime: new Date() } })
      : made
  room.write('ours.p7s', container)
  const check = (file: string) =>
    room.run(
      ...['cms', '-verify', '-inform', 'DER', '-in', 'ours.p7s', '-binary', '-CAfile', 'ca.pem'],
      ...['-purpose', 'any', '-out', 'content.out', ...form.check],
      ...(form.form === 'detached' ? ['-content', file] : []),
    )
  room.write('content.bin', content)
  check('content.bin')
  if (!Buffer.from(room.read('content.out')).equals(content)) {
    throw new Error('OpenSSL took out other content')
  }
  if (form.form === 'detached') {
    room.write('other.bin', Uint8Array.of(...content, 0))
    let isTaken = true
    try {
      check('other.bin')
    } catch {
      isTaken = false
    }
    if (isTaken) {
      throw new Error('OpenSSL took other content')
    }
  }
}

/** Their TSA stamps a signature of ours, which we then verify. Empty when all agree. */
export const verifyTheirTimeStamp = async (
  { room, set, signer, trust }: GostPeer,
  { content, nonce }: { readonly content: Uint8Array; readonly nonce: bigint },
): Promise<string> => {
  const basic = await createSignedData({
    content,
    form: 'detached',
    signers: [{ ...signer, signingTime: new Date() }],
  })
  const container = await augmentToT(basic, {
    digestOid: set.digestOid,
    nonce: () => nonce,
    timeStamp: async (request) => {
      room.write('q.tsq', request)
      room.run(
        ...['ts', '-reply', '-config', 'ca.cnf', '-section', 't1', '-queryfile', 'q.tsq'],
        ...['-signer', 'tsa.pem', '-inkey', 'tsa.key', '-out', 'r.tsr'],
      )
      return room.read('r.tsr')
    },
  })
  const { report } = await verifySignature({
    container,
    content,
    trust,
    policy: 'etsi-basic',
    now: new Date(),
  })
  const [signature] = report.signatures
  const isStamped = signature?.format === 'CAdES-T' && signature.timestamps[0]?.valid === true
  return `${problems(report)}${isStamped ? '' : ' no valid time-stamp'}`
}

/** Our TSA stamps octets; both verify it. Throws with the complaint of OpenSSL. */
export const verifyOurTimeStamp = async (
  { room, set, tsa, trust }: GostPeer,
  { data, nonce }: { readonly data: Uint8Array; readonly nonce: bigint },
): Promise<string> => {
  const request = buildTimeStampRequest({ data, digestOid: set.digestOid, nonce })
  const { messageImprint } = parseTimeStampRequest(request)
  const token = await buildTimeStampToken(
    { ...tsa, policy: '1.2.3.4' },
    {
      messageImprint: { digestOid: messageImprint.algorithm.oid, hash: messageImprint.hash },
      serialNumber: nonce,
      genTime: new Date(),
      nonce,
    },
  )
  const response = buildTimeStampResponse({ token })
  acceptTimeStampResponse(response, { request })
  room.write('q.tsq', request)
  room.write('r.tsr', response)
  room.run('ts', '-verify', '-queryfile', 'q.tsq', '-in', 'r.tsr', '-CAfile', 'ca.pem')
  const { report } = await verifyTimeStamp({
    token,
    data,
    trust,
    policy: 'etsi-basic',
    now: new Date(),
  })
  return report.indication === 'TOTAL-PASSED' ? '' : JSON.stringify(report.checks)
}

/** Content of a case: any length, short ones often; the same for the same turn. */
export const contentOfTurn = (turn: number): Uint8Array => {
  const length = turn === 0 ? 0 : (turn * 2_654_435_761) % (turn % 5 === 0 ? 70_000 : 400)
  let state = turn + 1
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state >>> 24
  })
}
