/**
 * X.509 certificates: read, name, build.
 * @module
 */
export {
  buildCertificate,
  type CertificateSpec,
  encodeSignatureAlgorithm,
  randomSerialNumber,
} from './build-certificate.ts'
export { buildExtension, extension, keyIdentifierOf } from './build-extension.ts'
export { buildName, type NameAttributeInput } from './build-name.ts'
export type {
  GeneralSubtree,
  NameConstraints,
  PolicyInformation,
  PolicyMapping,
  PolicyQualifier,
} from './constraint-extensions.ts'
export {
  allReasons,
  type DistributionPoint,
  type DistributionPointName,
  reasonFlags,
} from './distribution-points.ts'
export {
  type CertificateExtensions,
  type Extension,
  type KeyUsage,
  parseExtensionList,
} from './extensions.ts'
export { type GeneralName, parseGeneralName } from './general-name.ts'
export { type KzRole, type KzRoleName, kzRoleByOid } from './kz-roles.ts'
export { foldText, isSelfIssued, isWithinName, matchNames, nameKey } from './match-names.ts'
export {
  attributeValues,
  equalNames,
  type Name,
  type NameAttribute,
  parseName,
} from './name.ts'
export { type NationalIdentity, nationalIdentity } from './national-identity.ts'
export {
  anyPolicyOid,
  attributeKeyword,
  attributeOid,
  extensionOid,
  extKeyUsageOid,
} from './oids.ts'
export { type Certificate, parseCertificate } from './parse-certificate.ts'
export {
  type RussianFacts,
  type RuToolClass,
  russianFacts,
  ruToolClasses,
} from './russian-facts.ts'
export { serialOf, serialText } from './serial-number.ts'
