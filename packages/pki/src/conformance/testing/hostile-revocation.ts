import { der } from '../../asn1/index.ts'
import { algorithmOid } from '../../keys/index.ts'
import type { PolicyName } from '../../policy/index.ts'
import {
  buildCrl,
  buildOcspFailure,
  buildOcspResponse,
  type CertStatus,
  type CrlSpec,
  certIdOf,
  type OcspResponseSpec,
} from '../../revocation/index.ts'
import {
  issue,
  sampleNow,
  sampleSigningTime,
  type TestIdentity,
} from '../../verify/testing/test-pki.ts'
import { buildExtension, extension, extensionOid, extKeyUsageOid } from '../../x509/index.ts'
import type { HostileProfile } from './hostile-profile.ts'
import type { HostileCase, HostileSample } from './hostile-sample.ts'

const hour = 3_600_000
const after = (ms: number): Date => new Date(sampleNow.getTime() + ms)
const earlier = new Date(sampleSigningTime.getTime() - 24 * hour)

const critical = (oid: string, value: Uint8Array = der.null()): Uint8Array =>
  buildExtension(oid, value, { critical: true })

/** Hostile revocation data of one profile: row "Revocation" of crypto.md §6. */
export const hostileRevocation = async (
  profile: HostileProfile,
  policy: PolicyName,
): Promise<readonly HostileSample[]> => {
  const { pki, container, verified, country } = profile
  const { root, authority, signer, tsa } = pki
  const list = (
    change: Partial<CrlSpec> = {},
    {
      issuer = authority,
      key = issuer.key,
    }: { issuer?: TestIdentity; key?: TestIdentity['key'] } = {},
  ): Promise<Uint8Array> =>
    buildCrl(
      {
        issuer: issuer.certificate.subject.bytes,
        thisUpdate: after(-hour),
        nextUpdate: after(24 * hour),
        crlNumber: 2n,
        entries: [],
        ...change,
      },
      key,
    )
  const entry = (
    change: {
      revokedAt?: Date
      reason?: 'keyCompromise' | 'certificateHold'
      extensions?: readonly Uint8Array[]
    } = {},
  ) => ({
    serialNumber: signer.certificate.serialNumber,
    revokedAt: earlier,
    reason: 'keyCompromise' as const,
    ...change,
  })
  const rootList = await list({}, { issuer: root })
  const good = await list()
  const responder = await issue(
    {
      commonName: 'TEST OCSP',
      country,
      key: tsa.key,
      keyUsages: ['digitalSignature'],
      extKeyUsages: [extKeyUsageOid.ocspSigning],
      moreExtensions: [extension.ocspNoCheck()],
    },
    authority,
  )
  const answer = (
    {
      status = { status: 'good' },
      thisUpdate = sampleNow,
      about = signer,
      ...change
    }: Partial<OcspResponseSpec> & {
      status?: CertStatus
      thisUpdate?: Date
      about?: TestIdentity
    } = {},
    by: TestIdentity = responder,
  ): Promise<Uint8Array> =>
    buildOcspResponse(
      {
        responses: [
          {
            certId: certIdOf(
              { certificate: about.certificate, issuer: authority.certificate },
              algorithmOid.sha256,
            ),
            certStatus: status,
            thisUpdate,
          },
        ],
        producedAt: thisUpdate,
        responder: by.certificate,
        ...change,
      },
      by.key,
    )
  const withLists = (...crls: readonly Uint8Array[]): HostileCase =>
    verified(container(), { policy, stored: { crls: [rootList, ...crls] } })
  const withAnswer = (ocsp: Uint8Array): HostileCase =>
    verified(container(), { policy, stored: { crls: [rootList], ocsp: [ocsp] } })
  const withSource = (ocsp: (request: Uint8Array) => Promise<Uint8Array>): HostileCase =>
    verified(container(), { policy, stored: { crls: [rootList] }, sources: { ocsp } })

  const namesake = await issue(
    { commonName: 'TEST CA', country, key: tsa.key, ca: {}, notAfter: after(1e10) },
    root,
  )
  const stranger = await issue({ commonName: 'TEST STRANGER', country, key: tsa.key, ca: {} })
  const impostor = await issue(
    {
      commonName: 'TEST OCSP 2',
      country,
      key: tsa.key,
      extKeyUsages: [extKeyUsageOid.ocspSigning],
    },
    stranger,
  )
  const plain = await issue(
    { commonName: 'TEST NO OCSP', country, key: tsa.key, keyUsages: ['digitalSignature'] },
    authority,
  )
  const revoked: CertStatus = { status: 'revoked', revokedAt: earlier, reason: 'keyCompromise' }
  const byList = withLists(good)
  const byAnswer = withAnswer(await answer())

  const rows: readonly (readonly [
    name: string,
    hostile: HostileCase,
    code: string,
    twin: HostileCase,
    indication?: HostileSample['indication'],
  ])[] = [
    [
      'no data at all',
      verified(container(), { policy }),
      'certificate-revocation-unavailable',
      byList,
    ],
    [
      'no data of the authority',
      verified(container(), { policy, stored: { crls: [good] } }),
      'authority-revocation-unavailable',
      byList,
    ],
    [
      'a signer revoked before he signed',
      withLists(await list({ entries: [entry()] })),
      'revocation certificate-revoked',
      byList,
      'TOTAL-FAILED',
    ],
    [
      'a signer revoked after he signed, without a time-stamp',
      withLists(await list({ entries: [entry({ revokedAt: after(-1000) })] })),
      'revocation certificate-revoked',
      byList,
    ],
    [
      'a suspended signer',
      withLists(await list({ entries: [entry({ reason: 'certificateHold' })] })),
      'revocation certificate-on-hold',
      byList,
    ],
    [
      'a revoked authority',
      verified(container(), {
        policy,
        stored: {
          crls: [
            await list(
              { entries: [{ ...entry(), serialNumber: authority.certificate.serialNumber }] },
              { issuer: root },
            ),
            good,
          ],
        },
      }),
      'revocation authority-revoked',
      byList,
    ],
    [
      'a stale list',
      withLists(await list({ thisUpdate: after(-48 * hour), nextUpdate: after(-24 * hour) })),
      'stale',
      byList,
    ],
    [
      'a list from the future',
      withLists(await list({ thisUpdate: after(24 * hour), nextUpdate: after(48 * hour) })),
      'not-yet-valid',
      byList,
    ],
    [
      'a list of a namesake with another key',
      withLists(await list({}, { issuer: authority, key: namesake.key })),
      'signature-invalid',
      byList,
    ],
    [
      'a list of another issuer',
      withLists(await list({}, { issuer: stranger })),
      'certificate-revocation-unavailable',
      byList,
    ],
    [
      'a list with an octet of its signature changed',
      withLists(good.with(-1, (good.at(-1) ?? 0) ^ 1)),
      'certificate-revocation-unavailable',
      byList,
    ],
    [
      'a list with an unknown critical extension',
      withLists(await list({ extensions: [critical('1.2.3.4')] })),
      'unknown-critical-extension',
      byList,
    ],
    [
      'an entry with an unknown critical extension',
      withLists(
        await list({
          entries: [{ ...entry(), serialNumber: '77', extensions: [critical('1.2.3.4')] }],
        }),
      ),
      'unknown-critical-extension',
      byList,
    ],
    [
      'an indirect list of an authority that the certificate does not name',
      withLists(
        await list(
          {
            extensions: [
              critical(
                extensionOid.issuingDistributionPoint,
                der.sequence(der.context(4, Uint8Array.of(0xff), { constructed: false })),
              ),
            ],
          },
          { issuer: root },
        ),
      ),
      'certificate-revocation-unavailable',
      byList,
    ],
    [
      'a list of authorities alone',
      withLists(
        await list({
          extensions: [
            critical(
              extensionOid.issuingDistributionPoint,
              der.sequence(der.context(2, Uint8Array.of(0xff), { constructed: false })),
            ),
          ],
        }),
      ),
      'certificate-revocation-unavailable scope',
      byList,
    ],
    [
      'a list of attribute certificates alone',
      withLists(
        await list({
          extensions: [
            critical(
              extensionOid.issuingDistributionPoint,
              der.sequence(der.context(5, Uint8Array.of(0xff), { constructed: false })),
            ),
          ],
        }),
      ),
      'certificate-revocation-unavailable scope',
      byList,
    ],
    [
      'a list of some reasons alone',
      withLists(
        await list({
          extensions: [
            critical(
              extensionOid.issuingDistributionPoint,
              der.sequence(der.context(3, Uint8Array.of(1, 0x40), { constructed: false })),
            ),
          ],
        }),
      ),
      'certificate-revocation-unavailable',
      byList,
    ],
    [
      'a delta list without its base',
      withLists(await list({ deltaBase: 1n, crlNumber: 3n })),
      'delta-without-base',
      byList,
    ],
    [
      'a delta list that revokes',
      withLists(good, await list({ deltaBase: 1n, crlNumber: 3n, entries: [entry()] })),
      'revocation certificate-revoked',
      byList,
      'TOTAL-FAILED',
    ],
    [
      'a list that is cut',
      withLists(good.subarray(0, -1)),
      'certificate-revocation-unavailable',
      byList,
    ],

    [
      'an OCSP answer that says revoked',
      withAnswer(await answer({ status: revoked })),
      'revocation certificate-revoked',
      byAnswer,
      'TOTAL-FAILED',
    ],
    [
      'an OCSP answer that knows nothing',
      withAnswer(await answer({ status: { status: 'unknown' } })),
      'revocation certificate-unknown',
      byAnswer,
    ],
    [
      'a stale OCSP answer',
      withAnswer(await answer({ thisUpdate: after(-24 * hour) })),
      'stale',
      byAnswer,
    ],
    [
      'an OCSP answer from the future',
      withAnswer(await answer({ thisUpdate: after(24 * hour) })),
      'not-yet-valid',
      byAnswer,
    ],
    [
      'an OCSP answer about another certificate',
      withAnswer(await answer({ about: plain })),
      'certificate-revocation-unavailable',
      byAnswer,
    ],
    [
      'an OCSP responder of a strange authority',
      withAnswer(await answer({}, impostor)),
      'responder-not-authorised',
      byAnswer,
    ],
    [
      'an OCSP responder that was not delegated',
      withAnswer(await answer({}, plain)),
      'responder-not-authorised',
      byAnswer,
    ],
    [
      'the signer answering for himself',
      withAnswer(await answer({}, signer)),
      'responder-not-authorised',
      byAnswer,
    ],
    [
      'an OCSP answer with an octet changed',
      withAnswer(
        await (async () => {
          const bytes = await answer({ includeCertificate: false }, authority)
          return bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1)
        })(),
      ),
      'certificate-revocation-unavailable',
      byAnswer,
    ],
    [
      'an OCSP answer of tryLater',
      withSource(async () => buildOcspFailure('tryLater')),
      'try-later',
      byAnswer,
    ],
    [
      'an OCSP answer that is no OCSP',
      withSource(async () => der.sequence(der.null())),
      'unreadable',
      byAnswer,
    ],
    [
      'an OCSP answer with another nonce',
      withSource(() => answer({ nonce: new Uint8Array(16) })),
      'nonce-mismatch',
      byAnswer,
    ],
    [
      'an OCSP source that is down',
      withSource(() => Promise.reject(new Error('down'))),
      'certificate-revocation-unavailable',
      byAnswer,
    ],
  ]
  return rows.map(([name, hostile, code, twin, indication = 'INDETERMINATE']) => ({
    name: `${profile.name}: ${name}`,
    hostile,
    twin,
    code,
    indication,
  }))
}
