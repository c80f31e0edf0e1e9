/**
 * X.509 certificates: read, name, build.
 * @module
 */
export {
  type CertificateExtensions,
  type DistributionPoint,
  type Extension,
  type KeyUsage,
  type PolicyInformation,
  parseExtensionList,
} from './extensions.ts'
export { type GeneralName, parseGeneralName } from './general-name.ts'
export {
  attributeValues,
  equalNames,
  type Name,
  type NameAttribute,
  parseName,
} from './name.ts'
export { attributeKeyword, attributeOid, extensionOid, extKeyUsageOid } from './oids.ts'
export { type Certificate, parseCertificate } from './parse-certificate.ts'
