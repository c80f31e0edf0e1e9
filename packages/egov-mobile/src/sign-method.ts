/** The four methods a single document may be signed by [seed, section 3]. */
export const simpleSignMethods = [
  'XML',
  'CMS_WITH_DATA',
  'CMS_SIGN_ONLY',
  'SIGN_BYTES_ARRAY',
] as const

/** Every spelling of `signMethod` that API #2 knows [seed, section 5]. */
export const signMethods = [...simpleSignMethods, 'MIX_SIGN'] as const

/** The methods that this version of the package can send and read back. */
export const supportedSignMethods = ['CMS_WITH_DATA', 'CMS_SIGN_ONLY'] as const

export type SimpleSignMethod = (typeof simpleSignMethods)[number]
export type SignMethod = (typeof signMethods)[number]
export type SupportedSignMethod = (typeof supportedSignMethods)[number]

/** Whether `method` is spelled exactly as one of the methods this version works with. */
export function isSupportedSignMethod(method: string): method is SupportedSignMethod {
  return (supportedSignMethods as readonly string[]).includes(method)
}

/** Every spelling of `auth_type` [seed, section 4]. */
export const authTypes = ['Token', 'Eds', 'None'] as const

/** The ways of authentication that this version of the package can serve. */
export const supportedAuthTypes = ['Token', 'None'] as const

export type AuthType = (typeof authTypes)[number]
export type SupportedAuthType = (typeof supportedAuthTypes)[number]
