import { badParameter, refuse } from './error.ts'
import { findService, type Service } from './services.ts'

export type Meta = { readonly service: Service; readonly region: string }

/**
 * Reads the meta object: `region`, `serviceCode` and `targetCode` in lower camel case (ru-epgu-goskey §2).
 *
 * @throws {EpguRefusal} bad_request, service_not_found
 */
export function readMeta(text: string): Meta {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw badParameter('meta', 'is not JSON')
  }
  if (typeof value !== 'object' || value === null) throw badParameter('meta', 'is not an object')
  const [region, serviceCode, targetCode] = ['region', 'serviceCode', 'targetCode'].map((name) => {
    const field: unknown = Reflect.get(value, name)
    if (typeof field !== 'string') throw badParameter(name, 'is not a string')

    return field
  })
  if (!/^\d{2,11}$/.test(region ?? '')) throw badParameter('region', 'is not of 2 to 11 digits')
  const service = findService(serviceCode ?? '')
  if (service === undefined) {
    throw refuse('service_not_found', `Услуга ${serviceCode} не найдена`)
  }
  if (targetCode !== `-${service.code}`) {
    throw badParameter('targetCode', `must be -${service.code}`)
  }

  return { service, region: region ?? '' }
}
