import type { NewBenchOrder } from '../../../api/workbench-types.ts'

/** Codes of a service that is not kept here. */
export type Codes = {
  readonly serviceCode: string
  readonly targetCode: string
  readonly region: string
  readonly mainFile: string
}

export const emptyCodes: Codes = {
  serviceCode: '',
  targetCode: '',
  region: '45000000000',
  mainFile: 'req.xml',
}

const given = (value: string): string | undefined =>
  value.trim() === '' ? undefined : value.trim()

/** What the form says, as the server takes it: empty fields are left out. */
export function orderOf(form: {
  readonly title: string
  readonly account: string
  readonly key: string
  readonly service: string
  readonly codes: Codes
  readonly reserve: boolean
}): NewBenchOrder {
  const { title, account, key, service, codes, reserve } = form
  const common = { title: title.trim(), account, signerKey: given(key), reserve }

  return service === ''
    ? {
        ...common,
        serviceCode: given(codes.serviceCode),
        targetCode: given(codes.targetCode),
        region: given(codes.region),
        mainFile: given(codes.mainFile),
      }
    : { ...common, service: { id: service } }
}
