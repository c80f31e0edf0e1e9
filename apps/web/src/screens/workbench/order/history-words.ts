import type { BenchEvent } from '../../../api/workbench-types.ts'
import type { Translate } from '../../../i18n/message.ts'
import type { BenchCatalogue } from '../../../i18n/workbench/ru.ts'

type EventKey = Extract<keyof BenchCatalogue, `bench.event.${string}`>

const keys: Readonly<Record<string, EventKey>> = {
  created: 'bench.event.created',
  reserved: 'bench.event.reserved',
  'reserve-failed': 'bench.event.reserve-failed',
  'xml-set': 'bench.event.xml-set',
  'file-added': 'bench.event.file-added',
  'file-removed': 'bench.event.file-removed',
  'key-chosen': 'bench.event.key-chosen',
  'seal-wanted': 'bench.event.seal-wanted',
  'seal-dropped': 'bench.event.seal-dropped',
  built: 'bench.event.built',
  'package-uploaded': 'bench.event.package-uploaded',
  'push-started': 'bench.event.push-started',
  pushed: 'bench.event.pushed',
  'push-refused': 'bench.event.push-refused',
  'push-unknown': 'bench.event.push-unknown',
  resolved: 'bench.event.resolved',
  observed: 'bench.event.observed',
  downloaded: 'bench.event.downloaded',
  'cancel-started': 'bench.event.cancel-started',
  cancelled: 'bench.event.cancelled',
  'cancel-refused': 'bench.event.cancel-refused',
  'cancel-unknown': 'bench.event.cancel-unknown',
}

const shown = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

/** A line of an order's history in words, with the code, name or number that belongs to it. */
export function historyWords(t: Translate<BenchCatalogue>, event: BenchEvent): string {
  const key = keys[event.type]
  const { name, code, statusId, orderNumber } = event.data
  const detail =
    event.type === 'observed'
      ? (shown(statusId) ?? shown(code))
      : (shown(name) ?? shown(code) ?? shown(orderNumber))
  const words = key === undefined ? event.type : t(key)

  return detail === undefined ? words : `${words}: ${detail}`
}
