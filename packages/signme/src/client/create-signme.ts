import { parseMd5, parseSuffix, parseUuid } from '../handles.ts'
import { type CheckOptions, check } from './check.ts'
import { container, containerOfRequest } from './container.ts'
import { prepareContext, type SignmeOptions } from './context.ts'
import { type Precheck, type PrecheckFinding, precheck } from './precheck.ts'
import type { SaidSignature } from './read-check.ts'
import { type Rejection, type RejectOptions, reject, rejectGroup } from './reject.ts'
import { createGroupResultPage, createResultPage, type ResultPage } from './result-page.ts'
import {
  groupSigningPageUrl,
  type SignedFilesRequest,
  type SignedRequest,
  type SignFilesRequest,
  type SignRequest,
  sign,
  signFiles,
  signingPageUrl,
} from './sign.ts'
import { type AskOptions, groupStatus, type SignmeStatus, status } from './status.ts'

/**
 * Sign.Me by one key of one registered site. Numbers in brackets are sections of its text. Suffixes,
 * UUIDs and MD5s are taken as strings and checked.
 *
 * Every method makes one call (containers: at most two), repeats nothing, and rejects with
 * `SignmeError`; `data.retry` says whether the call may be made again.
 */
export type Signme = {
  /** A file for one signer [1.1]. Each call makes a request and tells the signer of it. */
  readonly sign: (request: SignRequest) => Promise<SignedRequest>
  /** Several files for one signer [2.1]. Each call makes a request and tells the signer of it. */
  readonly signFiles: (request: SignFilesRequest) => Promise<SignedFilesRequest>
  /** What became of a request [1.4]. */
  readonly status: (suffix: string, options?: AskOptions) => Promise<SignmeStatus>
  /** What became of a request of several files [2.2]. There is no status of one file. */
  readonly groupStatus: (uuid: string, options?: AskOptions) => Promise<SignmeStatus>
  /** Takes a request back [1.5]. Ask for the status once more: a signature may have come first. */
  readonly reject: (suffix: string, options: RejectOptions) => Promise<Rejection>
  /** Takes a request of several files back [2.3]. */
  readonly rejectGroup: (uuid: string, options: RejectOptions) => Promise<Rejection>
  /** Who signed a file with that MD5, as Sign.Me says [1.2]. */
  readonly check: (md5: string, options?: CheckOptions) => Promise<readonly SaidSignature[]>
  /** All signatures under that MD5 in one container, in DER [3]; undefined when there is none. */
  readonly container: (md5: string, options?: AskOptions) => Promise<Uint8Array | undefined>
  /** The signatures of one request alone; of the newer API, a fallback (spec §11). */
  readonly containerOfRequest: (
    request: { readonly md5: string; readonly suffix: string },
    options?: AskOptions,
  ) => Promise<Uint8Array | undefined>
  /** A page that shows once who signed [1.3]. */
  readonly createResultPage: (md5: string, options?: AskOptions) => Promise<ResultPage>
  /** The same for several files [2.4]. */
  readonly createGroupResultPage: (
    files: readonly { readonly md5: string; readonly name?: string | undefined }[],
    options?: AskOptions,
  ) => Promise<ResultPage>
  /** Whether people and companies are registered; of the newer API, a hint (spec §11). */
  readonly precheck: (whom: Precheck, options?: AskOptions) => Promise<readonly PrecheckFinding[]>
  /** Where a request is signed. */
  readonly signingPageUrl: (suffix: string) => string
  /** Where a request of several files is signed. */
  readonly groupSigningPageUrl: (uuid: string) => string
}

/** @throws SignmeError `signme.invalid-argument` */
export function createSignme(options: SignmeOptions): Signme {
  const context = prepareContext(options)

  return Object.freeze({
    sign: (request) => sign(context, request),
    signFiles: (request) => signFiles(context, request),
    // Input is checked inside the promise: a caller has one way to learn of a refusal.
    status: async (suffix, ask = {}) => status(context, parseSuffix(suffix), ask),
    groupStatus: async (uuid, ask = {}) => groupStatus(context, parseUuid(uuid), ask),
    reject: async (suffix, rejection) => reject(context, parseSuffix(suffix), rejection),
    rejectGroup: async (uuid, rejection) => rejectGroup(context, parseUuid(uuid), rejection),
    check: async (md5, checkOptions = {}) => check(context, parseMd5(md5), checkOptions),
    container: async (md5, ask = {}) => container(context, parseMd5(md5), ask),
    containerOfRequest: async ({ md5, suffix }, ask = {}) =>
      containerOfRequest(context, { md5: parseMd5(md5), suffix: parseSuffix(suffix) }, ask),
    createResultPage: async (md5, ask = {}) => createResultPage(context, parseMd5(md5), ask),
    createGroupResultPage: async (files, ask = {}) =>
      createGroupResultPage(
        context,
        files.map(({ md5, name }) => ({ md5: parseMd5(md5), name })),
        ask,
      ),
    precheck: async (whom, ask = {}) => precheck(context, whom, ask),
    signingPageUrl: (suffix) => signingPageUrl(context, parseSuffix(suffix)),
    groupSigningPageUrl: (uuid) => groupSigningPageUrl(context, parseUuid(uuid)),
  } satisfies Signme)
}
