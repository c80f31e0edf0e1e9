import { equalOctets } from '../asn1/index.ts'
import { contentTypeOid, digestibleContent, parseSignedData } from '../cms/index.ts'
import { isPkiError, PkiError } from '../error.ts'
import { digestByOid } from '../keys/index.ts'
import { parseCrl, parseOcspResponse } from '../revocation/index.ts'
import { parseTstInfo, type TstInfo } from '../tsp/index.ts'
import { type Certificate, extKeyUsageOid } from '../x509/index.ts'
import { gatherEmbedded, gatherPath, type VerificationContext } from './context.ts'
import { identifySigner } from './identify-signer.ts'
import { parseCertificates } from './parse-material.ts'
import type { ReadTimeStampFacts, TimeStampFacts } from './types.ts'
import { readUnsignedAttributes } from './unsigned-attributes.ts'

/** RFC 3161 §2.3: the extension is critical and names nothing else. */
const isTimeStampCertificate = (certificate: Certificate | undefined): boolean => {
  const usage = certificate?.extensions.extKeyUsage
  return (
    usage?.critical === true &&
    usage.oids.length === 1 &&
    usage.oids[0] === extKeyUsageOid.timeStamping
  )
}

const checkImprint = (
  { messageImprint }: TstInfo,
  stamped: Uint8Array,
): ReadTimeStampFacts['imprint'] => {
  try {
    const { create } = digestByOid(messageImprint.algorithm.oid)
    const hash = create().update(stamped).digest()
    return equalOctets(hash, messageImprint.hash) ? 'match' : 'mismatch'
  } catch (error) {
    if (isPkiError(error, 'digest.unsupported')) {
      return 'unsupported'
    }
    throw error
  }
}

const malformed = (message: string): PkiError => new PkiError({ code: 'tsp.malformed', message })

/**
 * A token is a SignedData of one signer over a TSTInfo (RFC 3161 §2.4.2). What proves it later may have
 * been put in: certificates and revocation data, in the SignedData or as unsigned attributes
 * (ETSI EN 319 122-1 §5.5.1).
 */
const readToken = (bytes: Uint8Array) => {
  const data = parseSignedData(bytes)
  const [signerInfo, ...more] = data.signerInfos
  if (
    data.contentType !== contentTypeOid.tstInfo ||
    data.content === undefined ||
    signerInfo === undefined ||
    more.length > 0
  ) {
    throw malformed('A time-stamp token is not one signature over one TSTInfo.')
  }
  const { facts, values } = readUnsignedAttributes(signerInfo.unsignedAttributes, () => false)
  if (facts.some(({ status }) => status === 'hidden' || status === 'malformed')) {
    throw malformed('An unsigned attribute of a time-stamp token is damaged.')
  }
  return {
    data,
    signerInfo,
    tstInfo: parseTstInfo(data.content),
    embedded: parseCertificates([...data.certificates, ...values.certificates]),
    // Certificates under the tag of lists are damage, not data that is merely of no use.
    ocsp: [...data.ocspResponses, ...values.ocsp].map(parseOcspResponse),
    crls: [...data.crls, ...values.crls].map((crl) => parseCrl(crl)),
  }
}

const tryReadToken = (bytes: Uint8Array): ReturnType<typeof readToken> | { code: string } => {
  try {
    return readToken(bytes)
  } catch (error) {
    if (isPkiError(error)) {
      return { code: error.code }
    }
    throw error
  }
}

/** Is the token one over these octets, whatever else is to be said of it? */
export const isStampOf = (token: Uint8Array, stamped: Uint8Array): boolean => {
  const read = tryReadToken(token)
  return !('code' in read) && checkImprint(read.tstInfo, stamped) === 'match'
}

/**
 * Everything about one time-stamp token over some octets: structure, imprint, signature, purpose of
 * the certificate, path and revocation at genTime. Facts only; a broken token is one too.
 */
export const gatherTimeStamp = async (
  bytes: Uint8Array,
  { stamped, context }: { readonly stamped: Uint8Array; readonly context: VerificationContext },
): Promise<TimeStampFacts> => {
  context.material.addTimeStamp(bytes)
  const read = tryReadToken(bytes)
  if ('code' in read) {
    return { readable: false, bytes, code: read.code }
  }
  const { data, signerInfo, tstInfo, embedded } = read
  const within = {
    ...context,
    certificates: [...context.certificates, ...embedded],
    ocsp: [...context.ocsp, ...read.ocsp],
    crls: [...context.crls, ...read.crls],
  }
  const identified = identifySigner(signerInfo, {
    embedded,
    atHand: [...context.certificates, ...context.anchors.map(({ certificate }) => certificate)],
    content: digestibleContent(data.content),
    contentType: data.contentType,
    digestAlgorithms: data.digestAlgorithms.map(({ oid }) => oid),
  })
  const { certificate } = identified
  return {
    readable: true,
    bytes,
    tstInfo,
    imprint: checkImprint(tstInfo, stamped),
    ...identified,
    isTimeStampCertificate: isTimeStampCertificate(certificate),
    embedded: gatherEmbedded(embedded, within),
    path:
      certificate === undefined
        ? undefined
        : await gatherPath(certificate, { at: tstInfo.genTime, context: within }),
  }
}
