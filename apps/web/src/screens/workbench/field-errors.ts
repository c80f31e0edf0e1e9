import type { ProblemError } from '../../api/problem.ts'
import type { BenchKey } from '../../i18n/workbench/ru.ts'
import type { useBenchSpeech } from './use-bench-speech.ts'

type BenchSpeech = Pick<ReturnType<typeof useBenchSpeech>, 't'>

/** What is wrong with a field, where its name tells that. */
const errors: Readonly<Record<string, Extract<BenchKey, `bench.field.${string}`>>> = {
  apiKey: 'bench.field.apiKey',
  orderNumber: 'bench.field.orderNumber',
  xml: 'bench.field.main',
}

/** The same by the code of the whole refusal. */
const codes = {
  'workbench.host': 'bench.problem.workbench.host',
  'workbench.key': 'bench.problem.workbench.key',
  'workbench.account': 'bench.problem.workbench.account',
  'request.not-found': 'bench.field.gone',
} as const satisfies Readonly<Record<string, BenchKey>>

/** Names of the fields that a form of the workbench has. */
const names: Readonly<Record<string, Extract<BenchKey, `bench.${string}`>>> = {
  serviceCode: 'bench.code.serviceCode',
  targetCode: 'bench.code.targetCode',
  region: 'bench.code.region',
  mainFile: 'bench.code.mainFile',
  name: 'bench.account.name',
  esiaUrl: 'bench.account.esiaUrl',
  epguUrl: 'bench.account.epguUrl',
  apiKey: 'bench.account.apiKey',
  orderNumber: 'bench.col.number',
  account: 'bench.account',
  signerKey: 'bench.key',
  service: 'bench.new.service',
}

const own = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

/** A refusal of one field in a sentence: what is wrong with it, else which one it is. */
export function fieldFault({ t }: BenchSpeech, field: string): string {
  const error = own(errors, field)

  if (error !== undefined) return t(error)

  const name = own(names, field)
  const words = name === undefined ? field : t(name as 'bench.key')

  return t('bench.problem.workbench.field', { field: words })
}

/** What the server says of one field, in the language of the page; undefined where it says nothing. */
export function fieldError(
  { t }: BenchSpeech,
  problem: ProblemError | undefined,
  field: string,
): string | undefined {
  const isTold =
    problem?.field === field ||
    problem?.fields.some((each) => each.field === field || each.field.startsWith(`${field}:`)) ===
      true

  if (problem === undefined || !isTold) return undefined

  const code = own<(typeof codes)[keyof typeof codes]>(codes, problem.code)

  return t(code ?? own(errors, field) ?? 'bench.field.other')
}
