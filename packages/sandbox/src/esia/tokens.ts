import {
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomUUID,
  sign,
  verify,
} from 'node:crypto'
import { promisify } from 'node:util'
import type { World } from '../world.ts'
import { type EsiaUser, esiaUsers } from './accounts.ts'

/** Seconds, as in the sample of the guide (ru-epgu-goskey §1). */
export const TOKEN_LIFETIME = 10_800

export type Tokens = {
  /** A JWT for a user, good for `lifetime` seconds from now. */
  readonly issue: (user: EsiaUser) => Promise<string>
  /** Whom a token speaks for; `undefined` when it is not ours, altered, or over. */
  readonly check: (token: string) => Promise<EsiaUser | undefined>
  /** SPKI PEM of the key that signs tokens. */
  readonly publicKey: () => Promise<string>
  readonly lifetime: () => number
  /** In seconds, for tokens to come. */
  readonly setLifetime: (seconds: number) => void
  /** No token issued so far is taken any more. */
  readonly revokeAll: () => void
}

const makeKeyPair = promisify(generateKeyPair)

/** Tokens signed with RS256 by a key of this start, which is made with the first of them. */
export function createTokens({ clock }: Pick<World, 'clock'>): Tokens {
  let keyPair:
    | Promise<{ readonly privateKey: KeyObject; readonly publicKey: KeyObject }>
    | undefined
  let lifetime = TOKEN_LIFETIME
  let generation = randomUUID()
  const keys = () => {
    keyPair ??= makeKeyPair('rsa', { modulusLength: 2048 })

    return keyPair
  }
  const seconds = (): number => Math.floor(clock.now().getTime() / 1000)

  return {
    issue: async (user) => {
      const { privateKey } = await keys()
      const iat = seconds()
      const input = `${encode(HEADER)}.${encode(claimsOf(user, { iat, exp: iat + lifetime, sid: generation }))}`

      return `${input}.${sign('RSA-SHA256', Buffer.from(input), privateKey).toString('base64url')}`
    },
    check: async (token) => {
      const [header, payload, signature, ...rest] = token.split('.')
      if (header !== encode(HEADER) || payload === undefined || signature === undefined) return
      if (rest.length > 0) return
      const { privateKey } = await keys()
      const isOurs = verify(
        'RSA-SHA256',
        Buffer.from(`${header}.${payload}`),
        createPublicKey(privateKey),
        Buffer.from(signature, 'base64url'),
      )
      if (!isOurs) return
      // Ours, so its shape is the one that was written.
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
      if (claims.exp <= seconds() || !String(claims['urn:esia:sid']).startsWith(generation)) return

      return esiaUsers.find(({ oid }) => oid === claims['urn:esia:sbj_id'])
    },
    publicKey: async () => String((await keys()).publicKey.export({ format: 'pem', type: 'spki' })),
    lifetime: () => lifetime,
    setLifetime: (value) => {
      lifetime = value
    },
    revokeAll: () => {
      generation = randomUUID()
    },
  }
}

const HEADER = { ver: 1, typ: 'JWT', sbt: 'access', alg: 'RS256' } as const

function claimsOf(
  { oid, organisation }: EsiaUser,
  { iat, exp, sid }: { readonly iat: number; readonly exp: number; readonly sid: string },
): object {
  const scope = ['org_ful', 'org_inf']
    .map((name) => `http://esia.gosuslugi.ru/${name}?org_oid=${organisation.oid}`)
    .join(' ')

  return {
    nbf: iat,
    scope,
    iss: 'http://esia.gosuslugi.ru/',
    'urn:esia:sid': sid,
    'urn:esia:sbj_id': oid,
    exp,
    iat,
    client_id: organisation.mnemonic,
  }
}

/** JSON with escaped slashes, as the sample has it. */
function encode(value: object): string {
  return Buffer.from(JSON.stringify(value).replaceAll('/', '\\/')).toString('base64url')
}
