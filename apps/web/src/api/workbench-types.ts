/** Whose API-Key an order goes through: an account of the workbench, or an employee of a connection. */
export type BenchAccount = {
  readonly id: string
  readonly name: string
  readonly source: 'account' | 'connection'
  readonly esiaUrl: string
  readonly epguUrl: string
  readonly apiKeyHint: string
  readonly signerKey?: string | undefined
  readonly isReadable: boolean
  readonly sealedUntil?: string | undefined
  /** Until when the token lives that the server has at hand. */
  readonly tokenUntil?: string | undefined
}

/** What a service asks for: its codes, its request file with that file's template and schema. */
export type ServiceSettings = {
  readonly name: string
  readonly serviceCode: string
  readonly targetCode?: string | undefined
  readonly region: string
  readonly mainFile: string
  readonly template: string
  readonly schema?: string | undefined
}

export type BenchService = ServiceSettings & {
  readonly id: string
  readonly version: number
  readonly at: string
}

export type BenchServiceDetail = BenchService & {
  readonly versions: readonly {
    readonly version: number
    readonly at: string
    readonly name: string
  }[]
}

export type OrderState =
  | 'reserving'
  | 'draft'
  | 'sealing'
  | 'built'
  | 'sending'
  | 'unknown'
  | 'sent'
  | 'failed'

export type PortalView = {
  readonly code: string
  readonly statusId: number | null
  readonly statusName: string | null
  readonly isClosed: boolean
  readonly isCancelAllowed: boolean
  readonly statuses: readonly {
    readonly id: string
    readonly statusId: number
    readonly title: string | null
    readonly at: string | null
    readonly comment: string | null
    readonly isFinal: boolean
  }[]
  readonly resultFiles: readonly { readonly fileName: string; readonly link: string | null }[]
}

export type BenchOrder = {
  readonly id: string
  readonly title: string
  readonly state: OrderState
  readonly since: string
  readonly createdAt: string
  readonly account: {
    readonly id: string
    readonly name: string
    readonly epguUrl: string
    readonly apiKeyHint: string
  }
  readonly signerKey: string | null
  readonly service: { readonly id: string; readonly version: number } | null
  readonly serviceCode: string
  readonly targetCode: string
  readonly region: string
  readonly guid: string
  readonly mainFile: string
  readonly orderNumber: string | null
  readonly sealDue: string | null
  readonly progress: { readonly sentBytes: number; readonly totalBytes: number } | null
  readonly lastCode: string | null
  readonly isClosed: boolean
  readonly portal: PortalView | null
  readonly observedAt: string | null
  /** Its package is kept although rules are broken. */
  readonly isAsIs: boolean
}

export type FileRole = 'main' | 'document' | 'signature' | 'package' | 'result'

export type BenchFile = {
  readonly id: string
  readonly role: FileRole
  readonly name: string
  readonly sha256: string
  readonly size: number
  readonly createdAt: string
  readonly removedAt: string | null
  readonly href: string
}

export type BenchEvent = {
  readonly at: string
  readonly type: string
  readonly actor: Readonly<Record<string, unknown>>
  readonly data: Readonly<Record<string, unknown>>
}

export type BenchOrderDetail = BenchOrder & {
  readonly files: readonly BenchFile[]
  /** How the package is cut, and how each part fared in the last sending. */
  readonly parts: readonly {
    /** From 0. */
    readonly index: number
    readonly fileName: string
    readonly size: number
    readonly status: number | null
  }[]
  readonly history: readonly BenchEvent[]
}

/** What a token of ESIA says of itself. */
export type BenchToken = {
  readonly expiresAt: string
  readonly issuedAt: string | null
  readonly clientId: string | null
  readonly subjectOid: string | null
  readonly organisationOids: readonly string[]
  readonly scopes: readonly string[]
}

export type PackageFault = {
  readonly rule: string
  readonly field: string
  readonly line?: number | undefined
  readonly column?: number | undefined
  readonly limit?: number | string | undefined
  readonly actual?: number | undefined
  readonly detail?: string | undefined
}

export type BenchPackage = {
  readonly files: readonly {
    readonly name: string
    readonly size: number
    readonly role: string
    readonly isSigned: boolean
  }[]
  readonly faults: readonly PackageFault[]
}

export type CallOperation =
  | 'token'
  | 'reserve'
  | 'push'
  | 'push-chunk'
  | 'order-details'
  | 'orders-status'
  | 'updated-after'
  | 'cancel'
  | 'download'
  | 'dictionary'
  | 'other'

/** One call to ESIA or the portal. */
export type BenchCall = {
  readonly id: string
  readonly account: string
  readonly order: string | null
  readonly operation: CallOperation
  readonly method: string
  /** API-Key and signature are replaced by their names in braces. */
  readonly url: string
  readonly at: string
  readonly elapsedMs: number
  readonly status: number | null
  readonly fault: string | null
}

/** Who must act on a refusal. */
export type CallAction =
  | 'fix-signing'
  | 'fix-config'
  | 'ask-admin'
  | 'renew-key'
  | 'operator'
  | 'fix-request'
  | 'retry-later'

export type BenchCallDetail = BenchCall & {
  readonly request: {
    readonly headers: Readonly<Record<string, string>>
    readonly body: string | null
    readonly fields: readonly {
      readonly name: string
      readonly value: string
      readonly contentType: string | null
    }[]
    readonly file: {
      readonly name: string
      readonly fileName: string
      readonly contentType: string
    } | null
    readonly bytes: number | null
  }
  readonly answer: {
    readonly mediaType: string | null
    readonly bytes: number | null
    readonly text: string | null
  }
  readonly told: {
    readonly code: string
    readonly action: CallAction
    readonly meaning: string
    readonly advice: string
  } | null
  /** It changed nothing, and may be made again from its line. */
  readonly isRepeatable: boolean
}

/** How many orders of a service an employee may start now, counted with the envelopes to Госключ. */
export type BenchQuota = {
  readonly limit: number
  readonly windowSeconds: number
  readonly free: number
  /** When the next one may start. */
  readonly availableAt: string
}

export type NewBenchOrder = {
  readonly title: string
  readonly account: string
  readonly signerKey?: string | undefined
  readonly service?: { readonly id: string; readonly version?: number | undefined } | undefined
  readonly serviceCode?: string | undefined
  readonly targetCode?: string | undefined
  readonly region?: string | undefined
  readonly mainFile?: string | undefined
  readonly reserve: boolean
}

export type BulkStatuses = {
  /** There are more than the answer holds. */
  readonly isCut: boolean
  readonly items: readonly {
    readonly orderNumber: string
    readonly isFound: boolean
    readonly statusId: number | null
    readonly statusName: string | null
    readonly updatedAt: string | null
    /** Id of our order with that number. */
    readonly order: string | null
  }[]
}

export type DictionaryPage = {
  readonly total: number | null
  readonly items: readonly {
    readonly value: string
    readonly parentValue?: string | undefined
    readonly title?: string | undefined
    readonly isLeaf?: boolean | undefined
    readonly attributeValues: Readonly<Record<string, string | number | boolean | null>>
  }[]
}

/** A schema of req.xml of Госключ. */
export type GoskeySchema = { readonly profile: '1.8' | '1.9'; readonly service: string }

export type XmlFault = {
  readonly kind: 'not-well-formed' | 'schema' | 'refused'
  readonly line: number
  readonly column: number
  readonly element?: string | undefined
  readonly attribute?: string | undefined
  /** What is wrong in a word; absent for what is rare. */
  readonly code?: string | undefined
  /** In English: the words of the parser. */
  readonly message: string
}
