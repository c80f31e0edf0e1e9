import { der } from '../../asn1/index.ts'
import { addUnsignedAttribute, parseSignedData } from '../../cms/index.ts'
import { algorithmOid, digestOf } from '../../keys/index.ts'
import { buildTimeStampResponse, buildTimeStampToken } from '../../tsp/index.ts'
import {
  issue,
  sampleGenTime,
  type TestCertificateSpec,
  type TestIdentity,
} from '../../verify/testing/test-pki.ts'
import { extKeyUsageOid } from '../../x509/index.ts'
import { containerOf, type HostileProfile, hostileContent } from './hostile-profile.ts'
import type { HostileCase, HostileSample } from './hostile-sample.ts'

const signatureTimeStamp = '1.2.840.113549.1.9.16.2.14'

/** Hostile time-stamps of one profile: row "Time-stamp" of crypto.md §6, row 9 of security.md. */
export const hostileTimeStamps = async (
  profile: HostileProfile,
): Promise<readonly HostileSample[]> => {
  const { pki, container, verified, country } = profile
  const { authority, signer } = pki
  const signed = container()
  const signatureOf = (bytes: Uint8Array): Uint8Array =>
    parseSignedData(bytes).signerInfos[0]?.signature ?? new Uint8Array()
  const token = (
    over: Uint8Array,
    {
      tsa = pki.tsa,
      genTime = sampleGenTime,
      digestOid = pki.tsa.key.scheme.digestOid,
    }: { tsa?: TestIdentity; genTime?: Date; digestOid?: string } = {},
  ): Promise<Uint8Array> =>
    buildTimeStampToken(
      { ...tsa, policy: '1.2.860.3.2.11.1' },
      {
        messageImprint: { digestOid, hash: digestOf(digestOid, over) },
        serialNumber: 7n,
        genTime,
      },
    )
  const attach = (value: Uint8Array, bytes: Uint8Array = signed): Uint8Array =>
    addUnsignedAttribute(bytes, { type: signatureTimeStamp, value })
  const tsaOf = (change: Partial<TestCertificateSpec>, issuer = authority) =>
    issue(
      {
        commonName: 'TEST TSA 2',
        country,
        key: pki.tsa.key,
        keyUsages: ['digitalSignature', 'nonRepudiation'],
        extKeyUsages: [extKeyUsageOid.timeStamping],
        extKeyUsageCritical: true,
        notAfter: new Date('2035-01-01T00:00:00Z'),
        ...change,
      },
      issuer,
    )
  const over = signatureOf(signed)
  const by = async (
    change: Partial<TestCertificateSpec>,
    issuer?: TestIdentity,
  ): Promise<Uint8Array> => attach(await token(over, { tsa: await tsaOf(change, issuer) }))
  const right = await token(over)
  const stranger = await issue({ commonName: 'TEST STRANGER', country, key: pki.tsa.key, ca: {} })
  const late = await issue(
    {
      commonName: 'TEST LATE',
      country,
      key: signer.key,
      notBefore: new Date('2026-02-01T10:00:05Z'),
    },
    authority,
  )
  const lateSigned = containerOf(late, [authority])

  const rows: readonly (readonly [
    name: string,
    hostile: Uint8Array | HostileCase,
    code: string,
    indication?: HostileSample['indication'],
  ])[] = [
    [
      'a time-stamp over the content',
      attach(await token(hostileContent)),
      'time-stamp broken imprint-mismatch',
      'TOTAL-FAILED',
    ],
    [
      'a time-stamp of another signature',
      attach(await token(new Uint8Array(64))),
      'time-stamp broken imprint-mismatch',
      'TOTAL-FAILED',
    ],
    [
      'a time-stamp with an octet changed',
      attach(right.with(-1, (right.at(-1) ?? 0) ^ 1)),
      'time-stamp broken signature-invalid',
      'TOTAL-FAILED',
    ],
    ['a time-stamp of an untrusted TSA', await by({}, stranger), 'time-stamp', 'INDETERMINATE'],
    [
      'a time-stamp of a TSA that is its own issuer',
      attach(
        await token(over, {
          tsa: await issue({
            commonName: 'TEST SELF TSA',
            country,
            key: pki.tsa.key,
            extKeyUsages: [extKeyUsageOid.timeStamping],
            extKeyUsageCritical: true,
          }),
        }),
      ),
      'time-stamp untrusted-root',
      'INDETERMINATE',
    ],
    [
      'a TSA whose purpose is not critical',
      await by({ extKeyUsageCritical: false }),
      'time-stamp not-a-time-stamp-certificate',
      'INDETERMINATE',
    ],
    [
      'a TSA with a second purpose',
      await by({ extKeyUsages: [extKeyUsageOid.timeStamping, extKeyUsageOid.emailProtection] }),
      'time-stamp not-a-time-stamp-certificate',
      'INDETERMINATE',
    ],
    [
      'a TSA of another purpose',
      await by({ extKeyUsages: [extKeyUsageOid.ocspSigning] }),
      'time-stamp not-a-time-stamp-certificate',
      'INDETERMINATE',
    ],
    [
      'the signer stamping himself',
      attach(await token(over, { tsa: signer })),
      'time-stamp not-a-time-stamp-certificate',
      'INDETERMINATE',
    ],
    [
      'a TSA that had expired when it stamped',
      await by({ notAfter: new Date('2026-01-15T00:00:00Z') }),
      'time-stamp authority-expired',
      'INDETERMINATE',
    ],
    [
      'a time-stamp from after the validation',
      attach(await token(over, { genTime: new Date('2026-03-01T00:00:00Z') })),
      'time-stamp later-than-validation-time',
      'INDETERMINATE',
    ],
    [
      'a time-stamp from before the certificate of the signer',
      attach(await token(signatureOf(lateSigned)), lateSigned),
      'certificate-validity time-stamp-before-not-before',
      'TOTAL-FAILED',
    ],
    [
      'a time-stamp with an imprint of SHA-1',
      attach(await token(over, { digestOid: algorithmOid.sha1 })),
      'time-stamp imprint-algorithm-weak',
      'INDETERMINATE',
    ],
    [
      'a response in place of its token',
      attach(buildTimeStampResponse({ token: right })),
      'time-stamp broken',
      'TOTAL-FAILED',
    ],
    [
      'a response of a status alone',
      attach(buildTimeStampResponse({ failure: 'bad-request' })),
      'time-stamp broken',
      'TOTAL-FAILED',
    ],
    [
      'a token cut by an octet in its attribute',
      attach(der.sequence(right.subarray(4, 40))),
      'asn1.truncated',
      'TOTAL-FAILED',
    ],
    ['the container itself as a token', attach(signed), 'time-stamp broken', 'TOTAL-FAILED'],
    [
      'a good time-stamp beside one of another signature',
      addUnsignedAttribute(attach(right), {
        type: signatureTimeStamp,
        value: await token(new Uint8Array(64)),
      }),
      'time-stamp broken imprint-mismatch',
      'TOTAL-FAILED',
    ],
  ]
  const twin = verified(attach(right))
  return rows.map(([name, hostile, code, indication = 'TOTAL-FAILED']) => ({
    name: `${profile.name}: ${name}`,
    hostile: hostile instanceof Uint8Array ? verified(hostile) : hostile,
    twin,
    code,
    indication,
  }))
}
