import { createSigningKey, extension, extKeyUsageOid } from '@muhr/pki'
import { type Entity, issue, pointers, policies } from './issue-certificate.ts'
import { contextOf, type Issued, type IssueEnvironment, recordOf } from './issue-files.ts'
import { makeKey } from './make-key.ts'
import { TEST_LOCALITY } from './profile.ts'

/**
 * Makes the RSA certificate of the TLS port (design §7), for the real names of the services, `localhost` and
 * 127.0.0.1. Its policies are not critical: TLS stacks know none of them.
 */
export async function issueTlsFiles(
  { name, dnsNames }: { readonly name: string; readonly dnsNames: readonly string[] },
  issuer: Entity,
  environment: IssueEnvironment & { readonly renewals?: number },
): Promise<Issued> {
  const privateKey = await makeKey('rsa-2048', environment.random)
  const key = createSigningKey(privateKey)
  const context = { ...contextOf('nca-rsa', 'valid', environment), issuer }
  const certificate = await issue(key, context, {
    subject: [
      ['CN', 'MUHR TEST TLS'],
      ['L', TEST_LOCALITY],
    ],
    extensions: [
      extension.subjectAltName({ dns: dnsNames, ips: [Uint8Array.of(127, 0, 0, 1)] }),
      extension.basicConstraints({ ca: false }),
      extension.keyUsage(['digitalSignature', 'keyEncipherment']),
      extension.extKeyUsage([extKeyUsageOid.serverAuth]),
      policies('1.2.398.3.3.2', { critical: false }),
      ...pointers(context, { hasOcsp: true }),
    ],
  })
  const base = `tls/${name}-${environment.renewals ?? 0}`
  const record = {
    ...recordOf(certificate),
    name,
    kind: 'tls',
    algorithm: 'rsa-2048',
    issuer: 'nca-rsa',
    file: `${base}.cer`,
    keyFile: `${base}.p8`,
  } as const

  return {
    record,
    files: [
      { path: record.file, bytes: certificate.bytes },
      { path: record.keyFile, bytes: privateKey },
    ],
    entity: { certificate, key },
  }
}
