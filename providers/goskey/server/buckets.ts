import { createHash } from 'node:crypto'
import type { QuotaBucket } from '@muhr/envelope'
import { goskeyServices } from '@muhr/epgu/goskey'
import type { EmployeeKey, GoskeyConnection } from './connection.ts'
import { serviceOf } from './methods.ts'

/** Orders of a service that one user may start (ru-epgu-goskey §2, quotas). */
export const ordersPerWindow = 20
export const orderWindowMs = 600_000

/** Names an API-Key without telling it: half of its SHA-256, hex. */
export function digestOf(apiKey: string): string {
  return createHash('sha256').update(apiKey.toLowerCase()).digest('hex').slice(0, 32)
}

/**
 * The quota buckets of a method: each employee may start 20 orders of a service in ten minutes. The same
 * API-Key in two connections is the same bucket.
 */
export function quota({
  connection,
  method,
}: {
  readonly connection: GoskeyConnection
  readonly method: string
}): readonly QuotaBucket[] {
  const { serviceCode } = goskeyServices[serviceOf(method)]

  return connection.apiKeys.map(({ apiKey }) => bucketOf(apiKey, serviceCode))
}

/** Of the orders of a service that one employee starts, whoever starts them in his name. */
export function bucketOf(apiKey: string, serviceCode: string): QuotaBucket {
  return {
    id: `${digestOf(apiKey)}:${serviceCode}`,
    limit: ordersPerWindow,
    windowMs: orderWindowMs,
  }
}

/** The employees of a connection, the one whose quota a request drew on first. */
export function employeesFor(
  connection: GoskeyConnection,
  bucket: string | undefined,
): readonly EmployeeKey[] {
  const isFirst = ({ apiKey }: EmployeeKey): boolean => digestOf(apiKey) === bucket?.split(':')[0]

  return [
    ...connection.apiKeys.filter(isFirst),
    ...connection.apiKeys.filter((each) => !isFirst(each)),
  ]
}
