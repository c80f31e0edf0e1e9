import {
  digitsOf,
  flagOf,
  integerOf,
  isRecord,
  type JsonRecord,
  memberOf,
  recordsOf,
  redact,
  textOf,
} from '@muhr/http'
import { EpguError } from '../error.ts'
import { callGateway } from './call-gateway.ts'
import type { GatewayContext } from './context.ts'
import { unreadableAnswer } from './gateway-errors.ts'
import { invalidArgument } from './invalid-argument.ts'
import { readRecord } from './read-answer.ts'

/** What part of a dictionary is asked for (spec §4.5). */
export type DictionaryQuery = {
  /** `ONELEVEL`: the children of the parent alone; `SUBTREE`: all below it. Default `ONELEVEL`. */
  readonly treeFiltering?: 'ONELEVEL' | 'SUBTREE'
  readonly parentRefItemValue?: string
  /** From 1. Without it and `pageSize` all items come at once. */
  readonly pageNum?: number
  readonly pageSize?: number
  readonly signal?: AbortSignal
}

export type DictionaryPage = {
  /** Items of the whole selection, when the service tells. */
  readonly total: number | undefined
  readonly items: readonly DictionaryItem[]
}

export type DictionaryItem = {
  readonly value: string
  readonly parentValue: string | undefined
  readonly title: string | undefined
  readonly isLeaf: boolean | undefined
  readonly children: readonly DictionaryItem[]
  /** Short form of the attributes: text, number or flag by name. */
  readonly attributeValues: Readonly<Record<string, string | number | boolean | null>>
  readonly raw: JsonRecord
}

export type FieldError = { readonly field: string; readonly message: string }

/**
 * `POST /nsi/v1/dictionary/{code}`, without authorization (spec §4.5). Its errors come under HTTP 200.
 *
 * @throws EpguError `epgu.dictionary-refused`, `epgu.invalid-argument`, and as `callGateway`
 */
export async function lookUpDictionary(
  context: GatewayContext,
  code: string,
  { treeFiltering = 'ONELEVEL', parentRefItemValue, pageNum, pageSize, signal }: DictionaryQuery,
): Promise<DictionaryPage> {
  if (!/^[\w.-]{1,100}$/.test(code) || /^\.+$/.test(code)) {
    throw invalidArgument('code', 'the code of a dictionary')
  }
  const body = JSON.stringify({ treeFiltering, parentRefItemValue, pageNum, pageSize })
  const response = await callGateway(context, {
    operation: 'dictionary',
    effect: 'none',
    method: 'POST',
    url: `${context.baseUrl}/nsi/v1/dictionary/${code}`,
    headers: { 'content-type': 'application/json' },
    body: () => body,
    isAuthorised: false,
    wholeBytes: context.limits.maxDictionaryBytes,
    timeoutMs: context.limits.timeoutMs,
    signal,
  })
  const { status } = response
  const answer = await readRecord(
    response,
    { operation: 'dictionary' },
    context.limits.maxDictionaryBytes,
  )
  assertNoError(answer, status)

  return {
    total: integerOf(answer, 'total'),
    items: recordsOf(answer, 'items').flatMap((item) => readItem(item) ?? []),
  }
}

function assertNoError(answer: JsonRecord, httpStatus: number): void {
  const error = memberOf(answer, 'error')
  const errorCode = isRecord(error) ? integerOf(error, 'code') : undefined
  if (!isRecord(error) || errorCode === undefined) {
    throw unreadableAnswer('dictionary', 'wrong-shape', httpStatus)
  }
  if (errorCode === 0) return

  throw new EpguError({
    code: 'epgu.dictionary-refused',
    message: `The dictionary answers with error ${errorCode}.`,
    advice:
      errorCode === 7
        ? 'Check the code of the dictionary and the value of the parent.'
        : 'Correct the fields that the answer names.',
    data: {
      errorCode,
      // The table of the specification puts them inside `error`, its example beside it.
      fieldErrors: [...recordsOf(answer, 'fieldErrors'), ...recordsOf(error, 'fieldErrors')].map(
        readFieldError,
      ),
      said: redact(textOf(error, 'message')),
    },
  })
}

function readFieldError(record: JsonRecord): FieldError {
  const field = textOf(record, 'field') ?? textOf(record, 'fieldName') ?? textOf(record, 'name')

  return {
    field: redact(field) ?? '',
    message: redact(textOf(record, 'message') ?? textOf(record, 'errorMessage')) ?? '',
  }
}

function readItem(raw: JsonRecord): DictionaryItem | undefined {
  const value = textOf(raw, 'value') ?? digitsOf(raw, 'value')
  if (value === undefined) return undefined

  return {
    value,
    parentValue: textOf(raw, 'parentValue'),
    title: textOf(raw, 'title'),
    isLeaf: flagOf(raw, 'isLeaf'),
    children: recordsOf(raw, 'children').flatMap((child) => readItem(child) ?? []),
    attributeValues: readAttributeValues(memberOf(raw, 'attributeValues')),
    raw,
  }
}

function readAttributeValues(value: unknown): DictionaryItem['attributeValues'] {
  if (!isRecord(value)) return {}
  const plain = Object.entries(value).filter(
    (entry): entry is [string, string | number | boolean | null] =>
      entry[1] === null || ['string', 'number', 'boolean'].includes(typeof entry[1]),
  )

  return Object.fromEntries(plain)
}
