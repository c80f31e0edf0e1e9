/** One thing that the simulator does otherwise when it is on. `isCompat`: turned on by `--compat`. */
type SwitchDescription = { readonly isCompat: boolean; readonly summary: string }

/**
 * Everything that is off by default. Those of `--compat` are what the live service or published clients are known to do.
 */
export const SWITCHES = {
  metaOptional: { isCompat: true, summary: 'chunks need no meta' },
  anyPartOrder: { isCompat: true, summary: 'parts of a multipart body in any order' },
  embedOnDetails: { isCompat: true, summary: '?embed= on order details' },
  bodyOnDetails: { isCompat: true, summary: 'a JSON body on order details, ignored' },
  oldDownload: { isCompat: true, summary: 'the download route of v1.12.1 and before' },
  bearerOnDictionary: { isCompat: true, summary: 'a bearer token on the dictionary' },
  bodylessDictionary: {
    isCompat: true,
    summary: 'a dictionary asked for without a body: its first level',
  },
  snilsWithoutOid: {
    isCompat: true,
    summary: 'profile 1.8: one identifier alone, children in any order',
  },
  namespacePrefix: { isCompat: true, summary: 'req.xml with a namespace prefix' },
  comments: { isCompat: true, summary: 'comments in req.xml' },
  freeDocumentId: { isCompat: true, summary: 'profile 1.8: a DocumentId that is no file name' },
  longExpiration: { isCompat: true, summary: 'profile 1.8: SignExpiration up to seven days ahead' },
  anyFraction: { isCompat: true, summary: 'fractional seconds of any length in SignExpiration' },
  plainCms: { isCompat: true, summary: 'sender CMS without signingCertificateV2' },
  resultMimePkcs7: {
    isCompat: true,
    summary: 'result signatures as application/x-pkcs7-signature',
  },
  attributesOptional: {
    isCompat: true,
    summary: 'req.xml without the attributes that the table requires',
  },
  digitsOnlySnils: {
    isCompat: true,
    summary: 'a SNILS of digits alone is taken, its recipient never found',
  },
  archiveComment: { isCompat: true, summary: 'a comment at the end of the zip' },
  acceptOneBased: { isCompat: false, summary: 'chunks numbered from 1' },
  oldBulkPost: { isCompat: false, summary: 'bulk statuses by POST, ids in the form field meta' },
  lateVerification: {
    isCompat: false,
    summary: 'a bad sender signature surfaces after 8 h as 5/STATE_EDS_NO_ANSWER',
  },
  cancelReason: {
    isCompat: false,
    summary: 'cancel wants the query parameter reason, as the test server did in December 2023',
  },
  bulkNotFound: { isCompat: false, summary: 'bulk statuses find nothing' },
  quotas: {
    isCompat: false,
    summary: '20 orders in 10 minutes per user and service, and HTTP requests per system',
  },
} as const satisfies Readonly<Record<string, SwitchDescription>>

export type SwitchName = keyof typeof SWITCHES

export const switchNames = Object.keys(SWITCHES) as readonly SwitchName[]

/** How an order is shown in details, and how downloads go; not yes or no. */
export type AnswerShapes = {
  readonly messageIdKey: 'messageId' | 'message_id' | 'absent'
  readonly orderAs: 'string' | 'object' | 'null'
  readonly redirectDownloads: 'none' | 'same-host' | 'other-host'
}

export type Switches = Readonly<Record<SwitchName, boolean>> & AnswerShapes

/** Strict, or with every switch of `--compat`; quotas are on either way. */
export function initialSwitches({ isCompat }: { readonly isCompat: boolean }): Switches {
  const flags = Object.fromEntries(
    switchNames.map((name) => [name, name === 'quotas' || (isCompat && SWITCHES[name].isCompat)]),
  ) as Record<SwitchName, boolean>

  return { ...flags, messageIdKey: 'messageId', orderAs: 'string', redirectDownloads: 'none' }
}
