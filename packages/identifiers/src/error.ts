/** What every error of Muhr is made from. */
export type MuhrErrorInit<Code extends string, Data extends object> = {
  /** Stable code, `area.reason`; what a program branches on. */
  readonly code: Code
  /** What happened, in one English sentence, with no secret, personal number or document content. */
  readonly message: string
  /** What the reader is to do next. */
  readonly advice: string
  /** Typed particulars: field names, offsets, limits. Never personal data. */
  readonly data?: Data
  readonly cause?: unknown
}

/**
 * The one base of every error that Muhr throws on purpose. Each room closes `Code` to its own union,
 * so that a `switch` over `code` is checked by the compiler; nobody ever matches on `message`.
 */
export class MuhrError<
  Code extends string = string,
  Data extends object = Readonly<Record<string, unknown>>,
> extends Error {
  override readonly name: string = 'MuhrError'
  readonly code: Code
  readonly data: Readonly<Data>
  readonly advice: string

  constructor(init: MuhrErrorInit<Code, Data>) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause })
    this.code = init.code
    this.data = Object.freeze({ ...(init.data ?? {}) }) as Readonly<Data>
    this.advice = init.advice
  }
}
