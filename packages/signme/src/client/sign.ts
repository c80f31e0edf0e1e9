import { unusable } from '../errors.ts'
import {
  findUuid,
  findWholeSuffix,
  type RequestSuffix,
  type RequestUuid,
  requestIdOf,
} from '../handles.ts'
import { buildReturnUrl, type ReturnAddress } from '../return/return-address.ts'
import type { WireObject } from '../wire/json-pieces.ts'
import { textOf } from '../wire/read-answer.ts'
import { jsonBody } from '../wire/request-body.ts'
import { callSignme } from './call.ts'
import { keyOf, type SignmeContext } from './context.ts'
import { type PreparedFile, prepareFiles, type SentFile, type SignmeFile } from './files.ts'
import { type Company, type Signer, signerFields } from './signer.ts'

/** What 1.1 and 2.1 share. */
export type SignOptions = {
  readonly signer: Signer
  readonly company?: Company | undefined
  readonly returnTo?: ReturnAddress | undefined
  /** The signer gets no e-mail. Sent as `poemail` and as `noemail` (trap T2). */
  readonly withoutEmail?: boolean
  /** The signer must enter an SMS code as well. */
  readonly requiresSms?: boolean
  /** `IF`: the notification URL of the key is called at every signing. */
  readonly notifies?: boolean
  /** `nopush` of the newer API. Not in the text of Sign.Me. */
  readonly withoutPush?: boolean
  /** `multiname` of the newer API: the title of a group. Not in the text of Sign.Me. */
  readonly groupTitle?: string
  readonly signal?: AbortSignal
}

export type SignRequest = SignOptions & { readonly file: SignmeFile }
export type SignFilesRequest = SignOptions & { readonly files: readonly SignmeFile[] }

export type SignedRequest = {
  readonly suffix: RequestSuffix
  /** `rid`: the first half of the suffix. */
  readonly requestId: string
  /** Where the signer signs. As secret as the suffix. */
  readonly pageUrl: string
  readonly file: SentFile
}

export type SignedFilesRequest = {
  readonly uuid: RequestUuid
  /** Where the signer signs. As secret as the UUID. */
  readonly pageUrl: string
  readonly files: readonly SentFile[]
}

/** `POST /signapi/sjson`, field `rfile` (1.1; spec §4.1). Never repeated here. */
export async function sign(context: SignmeContext, request: SignRequest): Promise<SignedRequest> {
  const [file] = prepareFiles([request.file], context.limits)
  if (file === undefined) throw new TypeError('One file gives one prepared file.')
  const fields = commonFields(context, request)
  const { octets, httpStatus } = await callSignme(context, {
    operation: 'sign',
    path: '/signapi/sjson',
    body: jsonBody(context.wire, 'rfile', { ...fileFields(file), ...fields.wire }),
    limitBytes: context.limits.maxTextBytes,
    secrets: [...fields.secrets, file.md5, file.name],
    signal: request.signal,
  })
  const suffix = findWholeSuffix(textOf(octets))
  if (suffix === undefined)
    throw unusable('sign', octets.length === 0 ? 'empty' : 'no-suffix', httpStatus)

  return {
    suffix,
    requestId: requestIdOf(suffix),
    pageUrl: signingPageUrl(context, suffix),
    file: { name: file.name, md5: file.md5 },
  }
}

/** `POST /signapi/multijson/`, field `mfile` (2.1; spec §4.6). Never repeated here. */
export async function signFiles(
  context: SignmeContext,
  request: SignFilesRequest,
): Promise<SignedFilesRequest> {
  const files = prepareFiles(request.files, context.limits)
  const fields = commonFields(context, request)
  const { octets, httpStatus } = await callSignme(context, {
    operation: 'sign-files',
    path: '/signapi/multijson/',
    body: jsonBody(context.wire, 'mfile', { files: files.map(fileFields), ...fields.wire }),
    limitBytes: context.limits.maxTextBytes,
    secrets: [...fields.secrets, ...files.flatMap(({ md5, name }) => [md5, name])],
    signal: request.signal,
  })
  const uuid = findUuid(textOf(octets))
  if (uuid === undefined) {
    throw unusable('sign-files', octets.length === 0 ? 'empty' : 'no-uuid', httpStatus)
  }

  return {
    uuid,
    pageUrl: groupSigningPageUrl(context, uuid),
    files: files.map(({ name, md5 }) => ({ name, md5 })),
  }
}

/** The page of 1.1. The slash of the suffix stays a slash (trap T9). */
export function signingPageUrl({ baseUrl }: SignmeContext, suffix: RequestSuffix): string {
  return `${baseUrl}/signapi/sjson/${suffix}`
}

/** The page of 2.1. */
export function groupSigningPageUrl({ baseUrl }: SignmeContext, uuid: RequestUuid): string {
  return `${baseUrl}/signapi/multijson/${uuid}`
}

/** `filet`, with a t (trap T1). */
function fileFields({ name, md5, bytes }: PreparedFile): WireObject {
  return { filet: { base64: bytes }, fname: name, md5 }
}

/** In the order of the text; what is not used is absent, not empty. */
function commonFields(
  context: SignmeContext,
  options: SignOptions,
): { readonly wire: WireObject; readonly secrets: readonly (string | undefined)[] } {
  const signer = signerFields(options.signer, options.company)
  const url = options.returnTo === undefined ? undefined : buildReturnUrl(options.returnTo)
  const one = (isWanted: boolean | undefined) => (isWanted === true ? 1 : undefined)

  return {
    wire: {
      [context.keyField]: keyOf(context),
      url,
      ...signer,
      noemail: one(options.withoutEmail),
      poemail: one(options.withoutEmail),
      forcesms: one(options.requiresSms),
      IF: one(options.notifies),
      nopush: one(options.withoutPush),
      multiname: options.groupTitle,
    },
    secrets: [url, options.returnTo?.url, ...Object.values(signer)],
  }
}
