import type { Organisation, Session } from '../session/session.ts'
import type { AuthType } from '../sign-method.ts'

/** The answer of API #1, spelled and ordered as in the seed, section 4. */
export type Api1Body = {
  readonly description: string
  /** ISO 8601, UTC, three fraction digits, `Z`. */
  readonly expiry_date: string
  readonly organisation: Organisation
  readonly document: {
    readonly uri: string
    readonly auth_type: AuthType
    readonly auth_token?: string
  }
}

/**
 * Builds the answer of API #1. The snake case of `expiry_date`, `auth_type` and `auth_token` beside
 * the camel case of `nameRu` is the seed's, and so is the British `organisation`. `auth_token` is
 * left out unless the type is `Token`.
 */
export function buildApi1Body(session: Session): Api1Body {
  const { nameRu, nameKz, nameEn, bin } = session.organisation
  const { auth } = session

  return {
    description: session.description,
    expiry_date: session.expiresAt.toISOString(),
    organisation: { nameRu, nameKz, nameEn, bin },
    document: {
      uri: session.api2Url,
      auth_type: auth.type,
      ...(auth.type === 'Token' ? { auth_token: auth.token } : {}),
    },
  }
}
