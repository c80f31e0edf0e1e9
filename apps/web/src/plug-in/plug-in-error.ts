/** Why nothing was signed in the browser. */
export type PlugInErrorCode =
  /** No extension answers, or it has no plug-in to talk to. */
  | 'plug-in.missing'
  /** The certificate that must sign is not in the stores of this computer. */
  | 'plug-in.no-certificate'
  /** The clerk closed the window of the PIN or of the permission. */
  | 'plug-in.cancelled'
  | 'plug-in.wrong-pin'
  | 'plug-in.failed'

export class PlugInError extends Error {
  override readonly name = 'PlugInError'
  readonly code: PlugInErrorCode
  /** HRESULT of the plug-in, hex, where it gave one. */
  readonly result: string | undefined

  constructor(
    code: PlugInErrorCode,
    more: { readonly result?: string; readonly cause?: unknown } = {},
  ) {
    super(code, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.result = more.result
  }
}

/** HRESULTs of Windows and CSP that people can do something about. */
const byResult: Readonly<Record<string, PlugInErrorCode>> = {
  // SCARD_W_CANCELLED_BY_USER, ERROR_CANCELLED.
  '0x8010006e': 'plug-in.cancelled',
  '0x800704c7': 'plug-in.cancelled',
  '0x000004c7': 'plug-in.cancelled',
  // SCARD_W_WRONG_CHV.
  '0x8010006b': 'plug-in.wrong-pin',
  // NTE_NO_KEY, NTE_BAD_KEYSET.
  '0x8009000d': 'plug-in.no-certificate',
  '0x80090016': 'plug-in.no-certificate',
}

/** What the plug-in threw, by its HRESULT. It gives that at the end of its text and nowhere else. */
export function asPlugInError(error: unknown): PlugInError {
  if (error instanceof PlugInError) return error

  const text =
    typeof error === 'object' && error !== null && 'message' in error
      ? String(error.message)
      : String(error)
  const result = /0x[0-9a-f]{8}/i.exec(text)?.[0].toLowerCase()
  const code = (result === undefined ? undefined : byResult[result]) ?? 'plug-in.failed'

  return new PlugInError(code, { ...(result === undefined ? {} : { result }), cause: error })
}
