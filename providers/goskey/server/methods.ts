import { type GoskeyServiceName, goskeyServices } from '@muhr/epgu/goskey'

/** The ways to sign in Goskey, as clerks choose them, with the service of each (ru-epgu-goskey §5.1). */
export const goskeyMethods = Object.freeze({
  /** A natural person, enhanced unqualified signature. */
  UNEP: 'person-unep',
  /** A natural person, enhanced qualified signature. */
  UKEP: 'person-ukep',
  /** The signer of an organisation or a sole entrepreneur. */
  UKEP_LEGAL: 'organisation-ukep',
  /** A natural person with a certificate of the Treasury. */
  UKEP_TREASURY: 'treasury-ukep',
} as const satisfies Readonly<Record<string, GoskeyServiceName>>)

export type GoskeyMethod = keyof typeof goskeyMethods

export const goskeyMethodNames = Object.freeze(Object.keys(goskeyMethods) as GoskeyMethod[])

export function isGoskeyMethod(method: string): method is GoskeyMethod {
  return Object.hasOwn(goskeyMethods, method)
}

/** The service of a method; that of `UKEP` for one that was never planned here. */
export function serviceOf(method: string): GoskeyServiceName {
  return isGoskeyMethod(method) ? goskeyMethods[method] : goskeyMethods.UKEP
}

/** What `meta` of every call of a method says. */
export function metaOf(
  method: string,
  region: string,
): { readonly region: string; readonly serviceCode: string; readonly targetCode: string } {
  const { serviceCode, targetCode } = goskeyServices[serviceOf(method)]

  return { region, serviceCode, targetCode }
}
