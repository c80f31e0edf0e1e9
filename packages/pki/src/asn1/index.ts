/**
 * ASN.1: strict DER and bounded BER reading, DER writing, PEM and base64 containers.
 * @module
 */
export * from './access.ts'
export * from './access-text.ts'
export { decodeBase64, encodeBase64 } from './base64.ts'
export { BerStream, type BerStreamLimits } from './ber-stream.ts'
export * from './bytes.ts'
export {
  type Asn1Class,
  type Asn1Limits,
  type Asn1Node,
  defaultAsn1Limits,
  universalTag,
} from './node.ts'
export { OctetReader } from './octet-reader.ts'
export {
  collectOctets,
  type OctetSource,
  type OctetStream,
  piecesOf,
  type RandomAccess,
} from './octet-source.ts'
export { decodeContainer, type PemBlock, readPem, writePem } from './pem.ts'
export { readBer, readDer } from './read.ts'
export { der } from './write.ts'
