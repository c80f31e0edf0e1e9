/*
 * The part of CryptoPro CAdES Browser plug-in that is used here, as its reference describes it
 * (docs.cryptopro.ru/cades/plugin, docs.cryptopro.ru/cades/reference): properties are promises, and are
 * set by `propset_`.
 */

export type CadesCertificate = {
  readonly SubjectName: Promise<string>
  readonly IssuerName: Promise<string>
  /** SHA-1, hex. */
  readonly Thumbprint: Promise<string>
  readonly ValidToDate: Promise<string>
  readonly HasPrivateKey: () => Promise<boolean>
  /** X.509 in base64, in lines. */
  readonly Export: (encoding: number) => Promise<string>
}

export type CadesCertificates = {
  readonly Count: Promise<number>
  /** Counted from 1. */
  readonly Item: (index: number) => Promise<CadesCertificate>
  readonly Find: (by: number, criterion: string) => Promise<CadesCertificates>
}

export type CadesStore = {
  readonly Open: (location: number, name: string, mode: number) => Promise<void>
  readonly Certificates: Promise<CadesCertificates>
  readonly Close: () => Promise<void>
}

export type CadesHashedData = {
  readonly propset_Algorithm: (algorithm: number) => Promise<void>
  readonly SetHashValue: (hex: string) => Promise<void>
}

export type CadesAttribute = {
  readonly propset_Name: (name: number) => Promise<void>
  readonly propset_Value: (value: Date) => Promise<void>
}

export type CadesSigner = {
  readonly propset_Certificate: (certificate: CadesCertificate) => Promise<void>
  readonly propset_Options: (options: number) => Promise<void>
  readonly AuthenticatedAttributes2: Promise<{
    readonly Add: (attribute: CadesAttribute) => Promise<void>
  }>
}

export type CadesSignedData = {
  /** CMS in base64, in lines. */
  readonly SignHash: (hashed: CadesHashedData, signer: CadesSigner, type: number) => Promise<string>
}

type CadesObjects = {
  readonly 'CAdESCOM.About': { readonly Version: Promise<string> }
  readonly 'CAdESCOM.Store': CadesStore
  readonly 'CAdESCOM.HashedData': CadesHashedData
  readonly 'CADESCOM.CPAttribute': CadesAttribute
  readonly 'CAdESCOM.CPSigner': CadesSigner
  readonly 'CAdESCOM.CadesSignedData': CadesSignedData
}

/** What makes the plug-in's objects. */
export type Cades = {
  readonly CreateObjectAsync: <Name extends keyof CadesObjects>(
    name: Name,
  ) => Promise<CadesObjects[Name]>
}

/** Constants of the reference under their own names. */
export const cadesConstants = {
  CADESCOM_CURRENT_USER_STORE: 2,
  /** Certificates that lie on tokens and are not installed. */
  CADESCOM_CONTAINER_STORE: 100,
  CAPICOM_MY_STORE: 'My',
  CAPICOM_STORE_OPEN_MAXIMUM_ALLOWED: 2,
  CAPICOM_CERTIFICATE_FIND_SHA1_HASH: 0,
  CAPICOM_CERTIFICATE_INCLUDE_END_ENTITY_ONLY: 2,
  CAPICOM_AUTHENTICATED_ATTRIBUTE_SIGNING_TIME: 0,
  CADESCOM_ENCODE_BASE64: 0,
  CADESCOM_CADES_BES: 1,
  CADESCOM_HASH_ALGORITHM_CP_GOST_3411_2012_256: 101,
  CADESCOM_HASH_ALGORITHM_CP_GOST_3411_2012_512: 102,
} as const
