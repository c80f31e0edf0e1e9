import { unusable } from '../errors.ts'
import { findUuid, type Md5, type RequestUuid } from '../handles.ts'
import { invalidArgument } from '../invalid-argument.ts'
import type { Operation } from '../operation.ts'
import type { WireObject } from '../wire/json-pieces.ts'
import { textOf } from '../wire/read-answer.ts'
import { jsonBody } from '../wire/request-body.ts'
import { callSignme } from './call.ts'
import { keyOf, type SignmeContext } from './context.ts'
import type { AskOptions } from './status.ts'

/**
 * A page of Sign.Me that shows who signed, once: the second opening shows nothing (trap T10). Make it at
 * the click that opens it, open it with `rel="noreferrer"`, and never mail it: a preview would use it up.
 */
export type ResultPage = {
  readonly uuid: RequestUuid
  readonly pageUrl: string
  /** JavaScript that draws the same. Foreign code: never load it into an origin of yours. */
  readonly scriptUrl: string
}

/** `POST /signaturecheck/request`, field `jsonrequest` (1.3). */
export async function createResultPage(
  context: SignmeContext,
  md5: Md5,
  options: AskOptions,
): Promise<ResultPage> {
  const uuid = await askUuid(context, 'result-page', '/signaturecheck/request', {
    value: { [context.keyField]: keyOf(context), hash: md5 },
    secrets: [md5],
    ...options,
  })
  const { baseUrl } = context

  return {
    uuid,
    pageUrl: `${baseUrl}/signaturecheck/result/${uuid}`,
    scriptUrl: `${baseUrl}/signaturecheck/iframe/${uuid}`,
  }
}

export type NamedHash = { readonly md5: Md5; readonly name?: string | undefined }

/**
 * `POST /signaturecheck/multi` (2.4). Its page ends in `/1`, its script is `multiiframe`. The form field
 * is not documented: `jsonrequest`, as for 1.3.
 */
export async function createGroupResultPage(
  context: SignmeContext,
  files: readonly NamedHash[],
  options: AskOptions,
): Promise<ResultPage> {
  if (files.length === 0) throw invalidArgument('files', 'a list of one file or more')
  const uuid = await askUuid(context, 'group-result-page', '/signaturecheck/multi', {
    value: {
      [context.keyField]: keyOf(context),
      files: files.map(({ md5, name }) => ({ hash: md5, name })),
    },
    secrets: files.flatMap(({ md5, name }) => [md5, name]),
    ...options,
  })
  const { baseUrl } = context

  return {
    uuid,
    pageUrl: `${baseUrl}/signaturecheck/result/${uuid}/1`,
    scriptUrl: `${baseUrl}/signaturecheck/multiiframe/${uuid}`,
  }
}

async function askUuid(
  context: SignmeContext,
  operation: Operation,
  path: string,
  {
    value,
    secrets,
    signal,
  }: AskOptions & {
    readonly value: WireObject
    readonly secrets: readonly (string | undefined)[]
  },
): Promise<RequestUuid> {
  const { octets, httpStatus } = await callSignme(context, {
    operation,
    path,
    body: jsonBody(context.wire, 'jsonrequest', value),
    limitBytes: context.limits.maxTextBytes,
    secrets,
    signal,
  })
  const uuid = findUuid(textOf(octets))
  if (uuid === undefined) {
    throw unusable(operation, octets.length === 0 ? 'empty' : 'no-uuid', httpStatus)
  }

  return uuid
}
