import {
  type Certificate,
  isSandboxPolicy,
  knownAuthority,
  nationalIdentity,
  russianFacts,
  type SubjectPublicKeyInfo,
  signatureSchemes,
} from '@muhr/pki'

/** A value that is printed as JSON, or as indented lines. */
export type Described =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Described[]
  | { readonly [name: string]: Described }

/** Does the certificate carry the policy of a Muhr sandbox? */
export function isSandboxCertificate({ extensions }: Certificate): boolean {
  return (extensions.certificatePolicies?.policies ?? []).some(({ oid }) => isSandboxPolicy(oid))
}

/** Name of a signature algorithm, or its OID where none is known. */
export function signatureName(oid: string): string {
  return signatureSchemes.find(({ signatureOid }) => signatureOid === oid)?.name ?? oid
}

/** The kind and size of a public key; never the key itself, which the certificate's digest names. */
export function describeKey({ key, algorithm }: SubjectPublicKeyInfo): Described {
  switch (key.type) {
    case 'rsa':
      return { algorithm: 'RSA', bits: key.bits }
    case 'gost':
      return {
        algorithm:
          signatureSchemes.find(({ keyOid }) => keyOid === algorithm.oid)?.name ?? algorithm.oid,
        bits: key.point.length * 4,
        parameterSet: key.parameterSet,
      }
    case 'ec':
      return { algorithm: 'ECDSA', curve: key.curve }
    case 'dsa':
      return { algorithm: 'DSA' }
    case 'unknown':
      return { algorithm: algorithm.oid }
  }
}

function describeIdentity(certificate: Certificate): Described {
  const { roles, name, ...numbers } = nationalIdentity(certificate)

  return {
    name: name ?? undefined,
    ...numbers,
    roles:
      roles.length === 0
        ? undefined
        : roles.map((role) => (role.name === null ? role.oid : `${role.name} (${role.oid})`)),
  }
}

/** What a Russian certificate says of tools and identification; nothing for one of another country. */
function describeTools(certificate: Certificate): Described | undefined {
  const { subjectSignTool, issuerSignTool, identificationKind, toolClasses, malformed } =
    russianFacts(certificate)
  const isRussian =
    subjectSignTool !== undefined || issuerSignTool !== undefined || toolClasses.length > 0

  return isRussian
    ? {
        subjectSignTool,
        issuerSignTool: issuerSignTool === undefined ? undefined : Object.values(issuerSignTool),
        identificationKind,
        classes: toolClasses,
        unreadable: malformed.length === 0 ? undefined : malformed,
      }
    : undefined
}

/** A certificate in words: whose, whose word, until when, for what. */
export function describeCertificate(certificate: Certificate): Described {
  const { extensions, subject, issuer } = certificate
  const authority = knownAuthority(certificate.sha256)
  const urls = [
    ...(extensions.crlDistributionPoints?.points ?? []),
    ...(extensions.freshestCrl?.points ?? []),
  ].flatMap((point) => point.urls)

  return {
    subject: subject.text,
    holder: describeIdentity(certificate),
    issuer: issuer.text,
    selfSigned: Buffer.compare(subject.bytes, issuer.bytes) === 0,
    serialNumber: certificate.serialNumber,
    sha256: certificate.sha256,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    key: describeKey(certificate.spki),
    signatureAlgorithm: signatureName(certificate.signatureAlgorithm.oid),
    authority: extensions.basicConstraints?.ca === true,
    keyUsage: extensions.keyUsage?.usages,
    extKeyUsage: extensions.extKeyUsage?.oids,
    policies: extensions.certificatePolicies?.policies.map(({ oid }) => oid),
    tools: describeTools(certificate),
    ocsp: extensions.authorityInfoAccess?.ocsp,
    crl: urls.length === 0 ? undefined : urls,
    sandbox: isSandboxCertificate(certificate),
    published:
      authority === undefined
        ? undefined
        : `${authority.country}, ${authority.kind}, ${authority.environment}: ${authority.name} (${authority.generation})`,
  }
}
