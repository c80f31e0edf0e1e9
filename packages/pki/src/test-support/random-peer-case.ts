import fc from 'fast-check'
import { writePem } from '../asn1/pem.ts'
import { createSigningKey, type GenerateKeyKind, generateKey } from '../keys/signing-key.ts'
import { checkPathRevocation } from '../path/check-path-revocation.ts'
import { findPath } from '../path/find-path.ts'
import { buildCrl } from '../revocation/build-crl.ts'
import { buildOcspResponse } from '../revocation/build-ocsp-response.ts'
import { certIdOf } from '../revocation/cert-id.ts'
import { buildOcspRequest } from '../revocation/ocsp-request.ts'
import { type RevocationReason, revocationReasons } from '../revocation/types.ts'
import { extension } from '../x509/build-extension.ts'
import type { NameAttributeInput } from '../x509/build-name.ts'
import { extKeyUsageOid } from '../x509/oids.ts'
import { type Certificate, parseCertificate } from '../x509/parse-certificate.ts'
import type { Peer } from './openssl-peer.ts'
import { caExtensions, issueTest, signerExtensions, type TestEntity } from './test-ca.ts'

const reasons = revocationReasons.flatMap((reason) =>
  reason === null ||
  reason === 'removeFromCRL' ||
  reason === 'aACompromise' ||
  reason === 'privilegeWithdrawn'
    ? []
    : [reason],
)

/** One random certificate path with what is revoked in it. */
export type PeerCase = {
  readonly root: readonly NameAttributeInput[]
  readonly ca: readonly NameAttributeInput[]
  readonly leaf: readonly NameAttributeInput[]
  readonly serial: bigint
  readonly others: readonly { serial: bigint; hoursAgo: number; reason: RevocationReason }[]
  /** Why the leaf is revoked, if it is. */
  readonly revoked: { readonly hoursAgo: number; readonly reason: RevocationReason } | null
  readonly hashOid: '1.3.14.3.2.26' | '2.16.840.1.101.3.4.2.1'
  readonly responderIdBy: 'name' | 'key'
  readonly isDelegated: boolean
}

const letters = fc.string({
  unit: fc.constantFrom(...'ABYZabyz019 -.АБЯабяӘҒҚҰҮІӨҺʻ№'),
  minLength: 1,
  maxLength: 24,
})
const value = letters.filter((text) => text.trim() === text && !text.includes('  '))
const named = (role: string) =>
  fc
    .array(
      fc.tuple(fc.constantFrom('O' as const, 'OU' as const, 'L' as const, 'CN' as const), value),
      {
        maxLength: 3,
      },
    )
    .map((attributes): readonly NameAttributeInput[] => [...attributes, ['CN', `TEST ${role}`]])
const serial = fc.bigInt({ min: 1n, max: (1n << 158n) - 1n })
const when = { hoursAgo: fc.integer({ min: 1, max: 9000 }), reason: fc.constantFrom(...reasons) }

/** Random names, numbers, revoked sets, reasons and times. */
export const peerCase: fc.Arbitrary<PeerCase> = fc
  .record({
    root: named('root'),
    ca: named('CA'),
    leaf: named('leaf'),
    serial,
    others: fc.uniqueArray(fc.record({ serial, ...when }), {
      maxLength: 30,
      selector: (each) => each.serial,
    }),
    revoked: fc.option(fc.record(when)),
    hashOid: fc.constantFrom('1.3.14.3.2.26' as const, '2.16.840.1.101.3.4.2.1' as const),
    responderIdBy: fc.constantFrom('name' as const, 'key' as const),
    isDelegated: fc.boolean(),
  })
  .filter((each) => each.others.every((other) => other.serial !== each.serial))

const hoursBefore = (now: Date, count: number): Date =>
  new Date(Math.trunc(now.getTime() / 1000) * 1000 - count * 3_600_000)

/** What a peer says of the leaf: by lists, and by OCSP. */
export type PeerVerdict = { readonly lists: string; readonly ocsp: string }

/** What both must say. */
export const expectedVerdict = ({ revoked }: PeerCase): PeerVerdict => {
  const status = revoked === null ? 'good' : 'revoked'
  return { lists: status, ocsp: status }
}

/** We make keys, certificates, lists and an answer; OpenSSL judges them. */
export const judgeOursByPeer = async (
  kind: GenerateKeyKind,
  { drawn, peer, now }: { readonly drawn: PeerCase; readonly peer: Peer; readonly now: Date },
): Promise<PeerVerdict> => {
  const entity = (
    subject: readonly NameAttributeInput[],
    change: { issuer?: TestEntity; serialNumber?: bigint; end?: readonly Uint8Array[] } = {},
  ): Promise<TestEntity> => {
    const key = createSigningKey(generateKey(kind))
    const { issuer, serialNumber, end } = change
    return issueTest({
      subject,
      key,
      ...(issuer === undefined ? {} : { issuer }),
      extensions: end === undefined ? caExtensions(key) : [...signerExtensions(key), ...end],
      change: {
        notBefore: hoursBefore(now, 10_000),
        ...(serialNumber === undefined ? {} : { serialNumber }),
      },
    })
  }
  const root = await entity(drawn.root)
  const ca = await entity(drawn.ca, { issuer: root })
  const leaf = await entity(drawn.leaf, { issuer: ca, serialNumber: drawn.serial, end: [] })
  const responder = drawn.isDelegated
    ? await entity([['CN', 'TEST OCSP']], {
        issuer: ca,
        end: [extension.extKeyUsage([extKeyUsageOid.ocspSigning]), extension.ocspNoCheck()],
      })
    : ca
  const list = (by: TestEntity, entries: Parameters<typeof buildCrl>[0]['entries']) =>
    buildCrl(
      {
        issuer: by.certificate.subject.bytes,
        thisUpdate: hoursBefore(now, 1),
        nextUpdate: hoursBefore(now, -24),
        crlNumber: 7n,
        entries,
      },
      by.key,
    )
  const revoked = drawn.revoked === null ? [] : [{ serial: drawn.serial, ...drawn.revoked }]
  const entries = [...drawn.others, ...revoked].map((each) => ({
    serialNumber: each.serial.toString(16),
    revokedAt: hoursBefore(now, each.hoursAgo),
    reason: each.reason,
  }))
  const lists = [await list(root, []), await list(ca, entries)]
  const subject = { certificate: leaf.certificate, issuer: ca.certificate }
  const answer = await buildOcspResponse(
    {
      responder: responder.certificate,
      responderIdBy: drawn.responderIdBy,
      producedAt: hoursBefore(now, 0),
      responses: [
        {
          certId: certIdOf(subject, drawn.hashOid),
          certStatus:
            drawn.revoked === null
              ? { status: 'good' }
              : {
                  status: 'revoked',
                  revokedAt: hoursBefore(now, drawn.revoked.hoursAgo),
                  reason: drawn.revoked.reason,
                },
          thisUpdate: hoursBefore(now, 0),
          nextUpdate: hoursBefore(now, -24),
        },
      ],
    },
    responder.key,
  )
  const pem = (...of: readonly TestEntity[]): string =>
    of.map(({ certificate }) => writePem('CERTIFICATE', certificate.bytes)).join('')
  peer.write('root.pem', pem(root))
  peer.write('ca.pem', pem(ca))
  peer.write('trusted.pem', pem(root, ca))
  peer.write('leaf.pem', pem(leaf))
  peer.write('lists.pem', lists.map((bytes) => writePem('X509 CRL', bytes)).join(''))
  peer.write('answer.der', answer)
  const { text } = peer.run(
    ...['verify', '-crl_check_all', '-CAfile', 'root.pem', '-untrusted', 'ca.pem'],
    ...['-CRLfile', 'lists.pem', 'leaf.pem'],
  )
  const ocsp = peer.run(
    ...['ocsp', '-respin', 'answer.der', '-issuer', 'ca.pem'],
    ...[drawn.hashOid === '1.3.14.3.2.26' ? '-sha1' : '-sha256', '-cert', 'leaf.pem'],
    ...['-CAfile', 'trusted.pem', '-no_nonce'],
  ).text
  return {
    lists: text.includes('leaf.pem: OK')
      ? 'good'
      : text.includes('certificate revoked')
        ? 'revoked'
        : text,
    ocsp: ocsp.includes('Response verify OK') ? (/leaf\.pem: (\w+)/.exec(ocsp)?.[1] ?? ocsp) : ocsp,
  }
}

/** How OpenSSL makes a key, and with which digest it signs. */
export type PeerKey = {
  readonly name: string
  readonly genpkey: readonly string[]
  readonly digest: string
  /** DSA: parameters first. */
  readonly genparam?: readonly string[]
}

const configOf = (extra: string): string => `
[v3_ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[v3_ee]
keyUsage = critical,digitalSignature
${extra}
[v3_ocsp]
extendedKeyUsage = OCSPSigning
noCheck = ignored
[ca]
default_ca = this
[this]
database = index.txt
crlnumber = crlnumber
default_crl_days = 1
`

const subjOf = (attributes: readonly NameAttributeInput[]): string =>
  attributes.map(([type, text]) => `/${type}=${text}`).join('')

const stamp = (date: Date): string =>
  date.toISOString().replace(/[-:T]/g, '').slice(2, 14).concat('Z')

/** OpenSSL makes keys, certificates, a list and an answer; we judge them. */
export const judgePeersByUs = async (
  key: PeerKey,
  { drawn, peer, now }: { readonly drawn: PeerCase; readonly peer: Peer; readonly now: Date },
): Promise<PeerVerdict> => {
  const { run, write, read } = peer
  write('ca.cnf', configOf(''))
  if (key.genparam !== undefined) {
    run('genpkey', '-genparam', ...key.genparam, '-out', 'parameters.pem')
  }
  const make = (
    name: string,
    by: string,
    {
      subject,
      section,
      number,
    }: { subject: readonly NameAttributeInput[]; section: string; number: string },
  ): Certificate => {
    run('genpkey', ...key.genpkey, '-out', `${name}.key`)
    run(
      ...[
        'req',
        '-new',
        '-utf8',
        `-${key.digest}`,
        '-key',
        `${name}.key`,
        '-subj',
        subjOf(subject),
      ],
      ...['-out', `${name}.csr`],
    )
    const signer =
      by === name ? ['-signkey', `${name}.key`] : ['-CA', `${by}.pem`, '-CAkey', `${by}.key`]
    run(
      ...['x509', '-req', `-${key.digest}`, '-in', `${name}.csr`, ...signer, '-days', '30'],
      ...['-set_serial', `0x${number}`, '-extfile', 'ca.cnf', '-extensions', section],
      ...['-out', `${name}.pem`],
    )
    return parseCertificate(run('x509', '-in', `${name}.pem`, '-outform', 'DER').stdout)
  }
  const number = drawn.serial.toString(16)
  const root = make('root', 'root', { subject: drawn.root, section: 'v3_ca', number: '01' })
  const ca = make('ca', 'root', { subject: drawn.ca, section: 'v3_ca', number: '02' })
  const leaf = make('leaf', 'ca', { subject: drawn.leaf, section: 'v3_ee', number })
  make('ocsp', 'ca', { subject: [['CN', 'TEST OCSP']], section: 'v3_ocsp', number: '03' })
  const even = (hex: string): string => (hex.length % 2 === 0 ? hex : `0${hex}`).toUpperCase()
  const revoked = drawn.revoked === null ? [] : [{ serial: drawn.serial, ...drawn.revoked }]
  const lines = [...drawn.others, ...revoked].map(({ serial: each, hoursAgo, reason }) => {
    const name = reason === 'cACompromise' ? 'CACompromise' : reason
    const time = stamp(hoursBefore(now, hoursAgo))
    return `R\t340101000000Z\t${time},${name}\t${even(each.toString(16))}\tunknown\t/CN=x`
  })
  const good = drawn.revoked === null ? [`V\t340101000000Z\t\t${even(number)}\tunknown\t/CN=x`] : []
  const gencrl = (by: string, index: readonly string[]): Uint8Array => {
    write('index.txt', index.map((line) => `${line}\n`).join(''))
    write('crlnumber', '0A\n')
    run(
      ...['ca', '-config', 'ca.cnf', '-gencrl', '-md', key.digest],
      ...['-cert', `${by}.pem`, '-keyfile', `${by}.key`, '-out', `${by}.crl`],
    )
    return run('crl', '-in', `${by}.crl`, '-outform', 'DER').stdout
  }
  const crls = [gencrl('root', []), gencrl('ca', [...lines, ...good])]
  write('request', buildOcspRequest({ certificate: leaf, issuer: ca, hashOid: drawn.hashOid }))
  run(
    ...['ocsp', '-index', 'index.txt', '-CA', 'ca.pem', '-rmd', key.digest, '-reqin', 'request'],
    ...(drawn.isDelegated
      ? ['-rsigner', 'ocsp.pem', '-rkey', 'ocsp.key']
      : ['-rsigner', 'ca.pem', '-rkey', 'ca.key']),
    ...(drawn.responderIdBy === 'key' ? ['-resp_key_id'] : []),
    ...['-respout', 'response', '-ndays', '1'],
  )
  const at = new Date()
  const requirements = { at, weakAlgorithms: 'warning' } as const
  const path = findPath({ certificate: leaf, anchors: [root], intermediates: [ca] }, requirements)
  const say = (data: { crls?: readonly Uint8Array[]; ocsp?: readonly Uint8Array[] }): string => {
    if (path.status === 'invalid') {
      return path.code
    }
    const [found] = checkPathRevocation({ chain: path.chain, requirements, ...data })
    const { fact } = found ?? {}
    if (fact?.status === 'revoked') {
      const isSame =
        fact.reason === drawn.revoked?.reason &&
        fact.revokedAt.getTime() === hoursBefore(now, drawn.revoked.hoursAgo).getTime()
      return isSame
        ? 'revoked'
        : `revoked otherwise: ${fact.reason} ${fact.revokedAt.toISOString()}`
    }
    return fact === undefined ? 'nothing' : fact.status === 'unusable' ? fact.code : fact.status
  }
  return { lists: say({ crls }), ocsp: say({ ocsp: [read('response')] }) }
}
