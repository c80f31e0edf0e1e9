import { invalidArgument } from './invalid-argument.ts'

/** What every sending names: the service and where it is asked for (spec §2). */
export type OrderMeta = {
  /** OKATO code, 2 to 11 digits: `77`, `45000000000`. */
  readonly region: string
  /** `10000000374` for one service of Goskey. */
  readonly serviceCode: string
  /** `-10000000374`: mostly the service code with a minus. */
  readonly targetCode: string
}

/**
 * The JSON of `meta`, with exactly the three lower-camel keys.
 *
 * @throws EpguError `epgu.invalid-argument`
 */
export function writeMeta({ region, serviceCode, targetCode }: OrderMeta): string {
  if (!/^\d{2,11}$/.test(region)) throw invalidArgument('region', 'an OKATO code of 2 to 11 digits')
  if (!/^\d{1,20}$/.test(serviceCode)) throw invalidArgument('serviceCode', 'digits')
  if (!/^-?\d{1,20}$/.test(targetCode))
    throw invalidArgument('targetCode', 'digits, often after a minus')

  return JSON.stringify({ region, serviceCode, targetCode })
}
