/*
 * Shapes of `/v1/keys`, `/v1/connections` and `/v1/seals` as the web reads them. Moments are ISO 8601
 * in UTC, digests lower-case hex, files base64.
 */

export type KeyKind =
  | 'pkcs12'
  | 'pem'
  | 'cryptopro-container'
  | 'csp'
  | 'pkcs11'
  | 'remote'
  | 'browser-plugin'

export type SignerKey = {
  readonly id: string
  readonly name: string
  readonly kind: KeyKind
  readonly attendance: 'unattended' | 'attended'
  readonly subject: string
  readonly issuer: string
  readonly serialNumber: string
  readonly notBefore: string
  readonly notAfter: string
  readonly algorithm: {
    readonly oid: string
    readonly name: string
    readonly bits: 256 | 512 | null
  }
  readonly sha1: string
  readonly sha256: string
  readonly certificate: string
  readonly signer: {
    readonly name: string | null
    readonly organisation: string | null
    readonly title: string | null
    readonly snils?: string | undefined
    readonly inn?: string | undefined
    readonly organisationInn?: string | undefined
    readonly ogrn?: string | undefined
    readonly ogrnip?: string | undefined
  }
  readonly faults: readonly string[]
  readonly isSoftware: boolean
  readonly acknowledged: { readonly at: string } | null
  /** Ids of the connections that seal with it by default. */
  readonly connections: readonly string[]
  readonly createdAt: string
  readonly removedAt: string | null
}

export type KeyEvent = {
  readonly at: string
  readonly type: 'added' | 'acknowledged' | 'chosen' | 'checked' | 'removed' | 'resealed'
  readonly data: Readonly<Record<string, string | boolean | null>>
}

export type SignerKeyDetail = SignerKey & { readonly events: readonly KeyEvent[] }

export type KeyTrial = {
  readonly passed: boolean
  readonly signed: boolean
  readonly at: string
  readonly code?: string | undefined
  readonly advice?: string | undefined
  readonly verification?:
    | {
        readonly policy: string
        readonly indication: 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED'
        readonly revocation: 'good' | 'revoked' | 'unknown'
      }
    | undefined
}

export type SealTask = {
  readonly id: string
  /** `order` and `account`: the package of a workbench order, the API-Key of a workbench account. */
  readonly kind: 'request' | 'connection' | 'order' | 'account'
  readonly purpose: string
  readonly signerKey?: string | undefined
  readonly due?: string | undefined
  readonly connection?: { readonly id: string; readonly name: string } | undefined
  readonly order?:
    | { readonly id: string; readonly title: string; readonly number?: string | undefined }
    | undefined
  readonly account?: { readonly name: string } | undefined
  readonly envelope?: { readonly id: string; readonly title: string } | undefined
  readonly recipient?: string | undefined
  readonly items: readonly {
    readonly name: string
    readonly sha256: string
    readonly size: number
    /** Absent where the bytes are given to nobody. */
    readonly href?: string | undefined
  }[]
}

export type SealBatch = {
  readonly id: string
  readonly thumbprint: string
  readonly due: string
  readonly digestAlgorithm: string
  readonly items: readonly {
    readonly name: string
    readonly sha256: string
    /** What is signed, hex. */
    readonly digest: string
  }[]
}

export type ConfirmedSeal = {
  readonly id: string
  readonly state: 'made' | 'refused'
  readonly code?: string | undefined
  readonly advice?: string | undefined
}

export type SettingValue =
  | string
  | number
  | boolean
  | null
  | readonly SettingValue[]
  | { readonly [name: string]: SettingValue }
export type Settings = { readonly [name: string]: SettingValue }

export type FindingResult = 'passed' | 'notice' | 'warning' | 'failed'

export type Connection = {
  readonly id: string
  readonly provider: string
  readonly name: string
  readonly policy: string
  readonly settings: Settings
  readonly signerKey: string | null
  /** Where the service may call about any of its requests: told to its staff once. */
  readonly notificationAddress?: string | undefined
  readonly state: 'enabled' | 'disabled' | 'unusable'
  readonly faults: readonly {
    readonly field: string
    readonly code: string
    readonly advice: string
  }[]
  readonly watch: {
    readonly watchedAt: string | null
    readonly failures: number
    readonly failedCode: string | null
    readonly failedSince: string | null
  } | null
  readonly revision: number
  readonly createdAt: string
  readonly disabledAt: string | null
}

export type ConnectionCheck = {
  readonly at: string
  readonly result: FindingResult
  readonly findings: readonly {
    readonly check: string
    readonly result: FindingResult
    readonly code: string
    readonly message: string
    readonly advice?: string | undefined
  }[]
}

export type ApiKeyFile = {
  readonly encoding: 'utf-8' | 'windows-1251'
  readonly separator: ';' | ',' | 'tab' | 'none'
  readonly header: readonly string[] | null
  readonly keys: readonly {
    readonly line: number
    readonly apiKey: string
    readonly name: string
    readonly dates: readonly string[]
  }[]
  readonly refused: readonly {
    readonly line: number
    readonly reason: 'no-key' | 'several-keys' | 'double' | 'known'
    readonly sameAs?: number | undefined
  }[]
}
