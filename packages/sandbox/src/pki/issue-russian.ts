import {
  buildExtension,
  createSigningKey,
  der,
  extension,
  extensionOid,
  extKeyUsageOid,
  generateKey,
  sandboxPolicyOid,
  writeCryptoProContainer,
  writePem,
  writePkcs12,
} from '@muhr/pki'
import { type Entity, issue, pointers } from './issue-certificate.ts'
import {
  contextOf,
  type Issued,
  type IssueEnvironment,
  type NewFile,
  recordOf,
} from './issue-files.ts'
import { makeKey } from './make-key.ts'
import type { CertificateRecord } from './manifest.ts'
import { type AuthorityId, REVOKED_BEFORE_MS } from './profile.ts'
import { RUSSIAN_PIN, type RussianSpec } from './russian-profile.ts'

/** id-CryptoPro-GostR3410-2001-CryptoPro-XchA-ParamSet: what CryptoPro CSP makes keys on (spec §6). */
const XCH_A = '1.2.643.2.2.36.0'

const VALIDITY_OF = {
  valid: 'valid',
  'no-organisation': 'valid',
  expired: 'expired',
  revoked: 'revoked',
  foreign: 'foreign',
} as const

/** The CA that issues a Russian certificate. */
export function russianIssuer({ state }: Pick<RussianSpec, 'state'>): AuthorityId {
  return state === 'foreign' ? 'foreign-ru' : 'ca-ru'
}

/**
 * Makes a Russian key and its certificate: PKCS#8 in DER for the simulators, and where the spec asks for it
 * the same as PEM (`.pem`, key then certificate), PKCS#12 of RFC 9548 (`.p12`) and CryptoPro container
 * (`.000/`), all under {@link RUSSIAN_PIN} but the PEM, which is open.
 */
export async function issueRussianFiles(
  spec: RussianSpec,
  issuer: Entity,
  environment: IssueEnvironment & { readonly renewals?: number },
): Promise<Issued> {
  const { random } = environment
  const privateKey =
    spec.algorithm === 'ru-2012-256'
      ? generateKey('ru-2012-256', random, { parameterSet: XCH_A })
      : await makeKey(spec.algorithm, random)
  const key = createSigningKey(privateKey)
  const context = {
    ...contextOf(russianIssuer(spec), VALIDITY_OF[spec.state], environment),
    issuer,
  }
  const certificate = await issue(key, context, {
    subject: spec.subject,
    extensions: [
      extension.certificatePolicies(
        [...(spec.isQualified ? [{ oid: '1.2.643.100.113.1' }] : []), { oid: sandboxPolicyOid }],
        { critical: true },
      ),
      ...(spec.isQualified ? signTools() : []),
      ...pointers(context, { hasOcsp: true }),
      extension.extKeyUsage([extKeyUsageOid.clientAuth, extKeyUsageOid.emailProtection]),
      extension.keyUsage(['digitalSignature', 'nonRepudiation', 'keyEncipherment']),
    ],
  })
  const { renewals = 0 } = environment
  const base = `russian/${renewals === 0 ? spec.name : `${spec.name}-${renewals + 1}`}`
  const revokedAt = new Date(environment.now.getTime() - REVOKED_BEFORE_MS).toISOString()
  const record: CertificateRecord = {
    ...recordOf(certificate),
    name: spec.name,
    kind: 'russian',
    algorithm: spec.algorithm,
    issuer: russianIssuer(spec),
    file: `${base}.cer`,
    keyFile: `${base}.p8`,
    russianState: spec.state,
    ...(spec.state === 'revoked'
      ? { revoked: { at: revokedAt, reason: 'cessationOfOperation' } }
      : {}),
  }
  const files = [
    { path: record.file, bytes: certificate.bytes },
    { path: record.keyFile, bytes: privateKey },
    ...(spec.hasKeyFiles
      ? keyFiles(base, { privateKey, certificate: certificate.bytes, random, name: spec.name })
      : []),
  ]

  return { record, files, entity: { certificate, key } }
}

function keyFiles(
  base: string,
  made: {
    readonly privateKey: Uint8Array
    readonly certificate: Uint8Array
    readonly random: (length: number) => Uint8Array
    readonly name: string
  },
): readonly NewFile[] {
  const { privateKey, certificate, random } = made
  const pem = writePem('PRIVATE KEY', privateKey) + writePem('CERTIFICATE', certificate)
  const container = writeCryptoProContainer({
    key: privateKey,
    certificate,
    pin: RUSSIAN_PIN,
    name: made.name,
    random,
  })

  return [
    { path: `${base}.pem`, bytes: Buffer.from(pem) },
    {
      path: `${base}.p12`,
      bytes: writePkcs12({
        entries: [{ key: privateKey, certificates: [certificate] }],
        password: RUSSIAN_PIN,
        profile: 'rfc9548',
        random,
      }),
    },
    ...[...container].map(([name, bytes]) => ({ path: `${base}.000/${name}`, bytes })),
  ]
}

/** subjectSignTool and issuerSignTool of a qualified certificate (RFC 9215 §2), in words that name no product. */
function signTools(): readonly Uint8Array[] {
  const tool = 'MUHR TEST'

  return [
    buildExtension(extensionOid.ruSubjectSignTool, der.utf8(tool)),
    buildExtension(
      extensionOid.ruIssuerSignTool,
      der.sequence(der.utf8(tool), der.utf8(tool), der.utf8(tool), der.utf8(tool)),
    ),
  ]
}
