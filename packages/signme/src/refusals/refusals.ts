import type { RetryClass } from '../error.ts'
import type { ErrorGroup } from '../operation.ts'

/** What a refusal is about, in words that serve for every service (spec §5). */
export type NeutralCode =
  | 'provider_auth'
  | 'provider_signer_unknown'
  | 'provider_company_unknown'
  | 'provider_rejected_file'
  | 'provider_unavailable'
  | 'provider_protocol'
  | 'provider_internal'

/** One refusal of Sign.Me: what it means and what to do next. */
export type RefusalEntry = {
  /** N of `error N`; undefined where a word stands for it. */
  readonly errorNumber: number | undefined
  /** The text as the service documents it. */
  readonly text: string
  readonly neutral: NeutralCode
  readonly retry: RetryClass
  readonly meaning: string
  readonly advice: string
}

const wrongMethod = {
  errorNumber: 0,
  text: 'wrong method',
  neutral: 'provider_protocol',
  retry: 'final',
  meaning: 'the call did not arrive as a POST',
  advice: 'Check the base URL and what stands between: a redirect turns a POST into a GET.',
} as const satisfies RefusalEntry

const unexplained = {
  errorNumber: undefined,
  text: '',
  neutral: 'provider_internal',
  retry: 'final',
  meaning: 'a refusal that is not described',
  advice: 'Read what was said, check the base URL, then write to the support of Sign.Me.',
} as const satisfies RefusalEntry

const wrongJson = (errorNumber: number) =>
  ({
    errorNumber,
    text: 'wrong json',
    neutral: 'provider_protocol',
    retry: 'final',
    meaning: 'the JSON of the form field could not be read',
    advice:
      'Check the wire (form or json) and what stands between: something changes the body. The text names rfile, whatever the field.',
  }) as const satisfies RefusalEntry

/** Section 4 of the text: calls 1.1 and 2.1. */
const sign = {
  'wrong-method': wrongMethod,
  'no-file': {
    errorNumber: 1,
    text: 'no file',
    neutral: 'provider_protocol',
    retry: 'final',
    meaning: 'the file did not arrive (its field is filet, though the text says file)',
    advice: 'Check the wire (form or json) and what stands between.',
  },
  'no-filename': {
    errorNumber: 2,
    text: 'no filename',
    neutral: 'provider_protocol',
    retry: 'final',
    meaning: 'the file name did not arrive',
    advice: 'Check the wire (form or json) and what stands between.',
  },
  'wrong-file': {
    errorNumber: 3,
    text: 'wrong file',
    neutral: 'provider_rejected_file',
    retry: 'final',
    meaning: 'the file could not be decoded from base64',
    advice: 'Check what stands between: something changes "+" or cuts the body.',
  },
  'wrong-json': wrongJson(4),
  'cannot-create-file': {
    errorNumber: 5,
    text: 'cant create file',
    neutral: 'provider_internal',
    retry: 'safe',
    meaning: 'the server could not write the file, perhaps for its name',
    advice: 'Send it once more under a plain name such as document.pdf; then write to Sign.Me.',
  },
  'cannot-create-request': {
    errorNumber: 6,
    text: 'cant create request',
    neutral: 'provider_internal',
    retry: 'safe',
    meaning: 'the server could not create the request',
    advice: 'Write to the developers of Sign.Me with the time; it may be sent again later.',
  },
  'wrong-user-phone': {
    errorNumber: 6,
    text: 'wrong user phone',
    neutral: 'provider_signer_unknown',
    retry: 'final',
    meaning: 'nobody with this phone is registered and activated',
    advice: 'Check the phone; the signer registers at Sign.Me and activates the account first.',
  },
  'wrong-user-email': {
    errorNumber: 6,
    text: 'wrong user email',
    neutral: 'provider_signer_unknown',
    retry: 'final',
    meaning: 'nobody with this e-mail is registered and activated',
    advice: 'Check the e-mail; the signer registers at Sign.Me and activates the account first.',
  },
  'wrong-user': {
    errorNumber: 6,
    text: 'wrong user …',
    neutral: 'provider_signer_unknown',
    retry: 'final',
    meaning: 'nobody is registered and activated by what names the signer',
    advice: 'Check who is named; the signer registers at Sign.Me and activates the account first.',
  },
  'wrong-company-inn': {
    errorNumber: 6,
    text: 'wrong company inn',
    neutral: 'provider_company_unknown',
    retry: 'final',
    meaning: 'no company with this INN is registered and activated',
    advice: 'Check the INN; the company registers at Sign.Me and is activated first.',
  },
  'wrong-company-ogrn': {
    errorNumber: 6,
    text: 'wrong company ogrn',
    neutral: 'provider_company_unknown',
    retry: 'final',
    meaning: 'no company with this OGRN is registered and activated',
    advice: 'Check the OGRN; the company registers at Sign.Me and is activated first.',
  },
  'wrong-company': {
    errorNumber: 6,
    text: 'wrong company …',
    neutral: 'provider_company_unknown',
    retry: 'final',
    meaning: 'no company is registered and activated by what names it',
    advice: 'Check which company is named; it registers at Sign.Me and is activated first.',
  },
  'get-api-key': {
    errorNumber: 7,
    text: 'get api key',
    neutral: 'provider_auth',
    retry: 'final',
    meaning: 'the access key is missing or unknown',
    advice:
      'Check the key and the host it was given for. It is tied to the registered site: after a move to another address or domain tell Sign.Me.',
  },
  unexplained,
} as const satisfies Record<string, RefusalEntry>

/** Section 5 of the text: call 1.2. */
const check = {
  'wrong-method': wrongMethod,
  'wrong-base64': {
    errorNumber: 1,
    text: 'wrong base64',
    neutral: 'provider_rejected_file',
    retry: 'final',
    meaning: 'the file could not be decoded from base64',
    advice: 'Ask by the MD5 alone, or check what stands between: something changes the body.',
  },
  'wrong-md5': {
    errorNumber: 2,
    text: 'wrong md5',
    neutral: 'provider_internal',
    retry: 'safe',
    meaning: 'the server could not compute the MD5 of the file',
    advice: 'Ask by the MD5 alone; write to the developers of Sign.Me when it lasts.',
  },
  'wrong-file': {
    errorNumber: 3,
    text: 'wrong file',
    neutral: 'provider_rejected_file',
    retry: 'final',
    meaning: 'the file could not be decoded from base64',
    advice: 'Ask by the MD5 alone, or check what stands between: something changes the body.',
  },
  'wrong-hash': {
    errorNumber: 4,
    text: 'wrong hash',
    neutral: 'provider_rejected_file',
    retry: 'final',
    meaning: 'the MD5 is not that of the file that arrived',
    advice: 'Check what stands between: something changes the body.',
  },
  'no-hash': {
    errorNumber: 5,
    text: 'no hash',
    neutral: 'provider_protocol',
    retry: 'final',
    meaning: 'the MD5 did not arrive',
    advice: 'Check the wire (form or json) and what stands between.',
  },
  'wrong-json': wrongJson(6),
  unexplained,
} as const satisfies Record<string, RefusalEntry>

/** Section 6 of the text: call 1.3, and 2.4 by our guess. */
const result = {
  'wrong-method': wrongMethod,
  'wrong-json': wrongJson(1),
  'wrong-key': {
    errorNumber: 2,
    text: 'wrong key',
    neutral: 'provider_auth',
    retry: 'final',
    meaning: 'the key is not that of the site the call came from, or the site is not registered',
    advice:
      'Check the key, and whether the address or domain that calls leave from has changed: a right key is refused too.',
  },
  'wrong-hash': {
    errorNumber: 3,
    text: 'wrong hash',
    neutral: 'provider_rejected_file',
    retry: 'final',
    meaning: 'the MD5 has characters beyond a-zA-Z0-9',
    advice: 'Check what stands between: something changes the body.',
  },
  'request-not-created': {
    errorNumber: 4,
    text: 'request not created',
    neutral: 'provider_internal',
    retry: 'safe',
    meaning: 'the server could not create the check',
    advice: 'Write to the developers of Sign.Me with the time; it may be asked for again.',
  },
  unexplained,
} as const satisfies Record<string, RefusalEntry>

/** Calls 1.5 and 2.3: words in `result`. */
const reject = {
  'wrong-method': wrongMethod,
  wrong_method: { ...wrongMethod, errorNumber: undefined, text: 'wrong_method' },
  wrong_source: {
    errorNumber: undefined,
    text: 'wrong_source',
    neutral: 'provider_auth',
    retry: 'final',
    meaning: 'the request was made by the key of another site',
    advice:
      'Use the key that the request was made with. It is tied to the registered site: after a move tell Sign.Me.',
  },
  wrong_source_or_id: {
    errorNumber: undefined,
    text: 'wrong_source_or_id',
    neutral: 'provider_rejected_file',
    retry: 'final',
    meaning: 'this key has no such request, or it is signed already',
    advice: 'Ask for the status: a signature that came first stands.',
  },
  unexplained,
} as const satisfies Record<string, RefusalEntry>

/** Nothing is documented for status, container and precheck. */
const silent = { 'wrong-method': wrongMethod, unexplained } as const satisfies Record<
  string,
  RefusalEntry
>

const precheck = { ...silent, 'wrong-key': result['wrong-key'] } as const satisfies Record<
  string,
  RefusalEntry
>

/** Every refusal of every group of calls (text of Sign.Me, sections 1.5, 2.3, 4, 5 and 6). */
export const refusals = {
  sign,
  check,
  result,
  status: silent,
  reject,
  container: silent,
  precheck,
} as const satisfies Record<ErrorGroup, Readonly<Record<string, RefusalEntry>>>

/** The closed union of refusals of each group. */
export type RefusalsOf = {
  readonly [Group in ErrorGroup]: keyof (typeof refusals)[Group]
}

/**
 * The refusal that an answer `error N: text` stands for. Numbers are scoped by group; 6 of `sign` has
 * five texts and is decided by the text (spec §5).
 */
export function recogniseRefusal<Group extends ErrorGroup>(
  group: Group,
  errorNumber: number,
  text: string,
): RefusalsOf[Group] | 'unexplained' {
  const entries = Object.entries<RefusalEntry>(refusals[group]) as [
    RefusalsOf[Group],
    RefusalEntry,
  ][]
  const candidates = entries.filter(([, entry]) => entry.errorNumber === errorNumber)
  if (candidates.length < 2) return candidates[0]?.[0] ?? 'unexplained'

  const words = text.toLowerCase().replace(/\s+/g, ' ')
  const named = candidates.find(([, entry]) => words.includes(entry.text.replace(' …', '')))

  return named?.[0] ?? 'unexplained'
}

/** What is known of a refusal. */
export function describeRefusal<Group extends ErrorGroup>(
  group: Group,
  refusal: RefusalsOf[Group],
): RefusalEntry {
  return refusals[group][refusal] as RefusalEntry
}
