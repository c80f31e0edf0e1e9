/** One thing that the simulator does otherwise when it is on. `isCompat`: turned on by `--compat`. */
type SwitchDescription = { readonly isCompat: boolean; readonly summary: string }

/** Everything that is off by default; those of `--compat` are what published clients are known to need. */
export const SWITCHES = {
  rawJson: { isCompat: true, summary: 'JSON bodies found by content, whatever the Content-Type' },
  multipart: { isCompat: true, summary: 'multipart bodies' },
  plainFields: { isCompat: true, summary: 'form fields in place of the JSON package' },
  unknownKeys: { isCompat: true, summary: 'unknown keys of a package, blank-ended ones and null' },
  apiKeyAlias: { isCompat: true, summary: 'api_key for key' },
  fileAlias: { isCompat: true, summary: 'filet for file in a check, file for filet in a request' },
  md5Optional: { isCompat: true, summary: 'a check by the file alone' },
  plusRepair: { isCompat: true, summary: 'blanks in base64 and phones taken for an unencoded +' },
  freePhones: { isCompat: true, summary: 'phones in any spelling' },
  quotedForJson: {
    isCompat: true,
    summary: 'suffix and UUID as a JSON text when the client accepts JSON alone; quotes in paths',
  },
  statusByPost: { isCompat: true, summary: 'status by POST' },
  doubleSlash: { isCompat: true, summary: 'repeated slashes in paths' },
  cors: { isCompat: true, summary: 'answers to scripts of any origin' },
  newerApi: { isCompat: true, summary: 'signapi/sign, sign/cer and register/* of the newer API' },
  suffixQuoted: { isCompat: false, summary: 'suffix and UUID always in quotes' },
  attached: { isCompat: false, summary: 'containers with the content inside' },
  slashRedirect: {
    isCompat: false,
    summary: 'a path with the other spelling of its last slash is redirected (301)',
  },
} as const satisfies Readonly<Record<string, SwitchDescription>>

export type SwitchName = keyof typeof SWITCHES

export const switchNames = Object.keys(SWITCHES) as readonly SwitchName[]

/** What is not yes or no; the first value of each is the default. */
export const SHAPES = {
  /** `status` as text or as number (ru-signme §2.3). */
  statusType: ['string', 'number'],
  /** HTTP status of `error N: text`. */
  errorHttp: ['200', '400'],
  /** Number of the first signature of a check. */
  indexBase: ['1', '0'],
  containerEncoding: ['der', 'pem', 'base64'],
  /** Which spelling keeps e-mails away (T2). */
  noemailAlias: ['both', 'noemail', 'poemail'],
  /** Which hash a notification carries as `gosthash`. */
  gostHash: ['2012-256', '2012-256-reversed', '94'],
  sigdateFormat: ['ru', 'iso', 'epoch'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ShapeName = keyof typeof SHAPES

export const shapeNames = Object.keys(SHAPES) as readonly ShapeName[]

type Shapes = { readonly [Name in ShapeName]: (typeof SHAPES)[Name][number] }

export type Switches = Readonly<Record<SwitchName, boolean>> & Shapes

/** Strict, or with every switch of `--compat`. */
export function initialSwitches({ isCompat }: { readonly isCompat: boolean }): Switches {
  const flags = Object.fromEntries(
    switchNames.map((name) => [name, isCompat && SWITCHES[name].isCompat]),
  ) as Record<SwitchName, boolean>

  return {
    ...flags,
    statusType: 'string',
    errorHttp: '200',
    indexBase: '1',
    containerEncoding: 'der',
    noemailAlias: 'both',
    gostHash: '2012-256',
    sigdateFormat: 'ru',
  }
}
