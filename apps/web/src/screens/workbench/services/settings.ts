import type { BenchService, ServiceSettings } from '../../../api/workbench-types.ts'

/** Fields of the form: all of them text. */
export type Settings = {
  readonly name: string
  readonly serviceCode: string
  readonly targetCode: string
  readonly region: string
  readonly mainFile: string
  readonly template: string
  readonly schema: string
}

export const emptySettings: Settings = {
  name: '',
  serviceCode: '',
  targetCode: '',
  region: '45000000000',
  mainFile: 'req.xml',
  template: '',
  schema: '',
}

export const settingsOf = (service: BenchService): Settings => ({
  name: service.name,
  serviceCode: service.serviceCode,
  targetCode: service.targetCode ?? '',
  region: service.region,
  mainFile: service.mainFile,
  template: service.template,
  schema: service.schema ?? '',
})

/** What the form says, as the server takes it; an empty target code follows the service code. */
export function wishOf(settings: Settings): ServiceSettings {
  const { targetCode, schema, ...rest } = settings

  return {
    ...rest,
    name: rest.name.trim(),
    serviceCode: rest.serviceCode.trim(),
    region: rest.region.trim(),
    mainFile: rest.mainFile.trim(),
    ...(targetCode.trim() === '' ? {} : { targetCode: targetCode.trim() }),
    ...(schema.trim() === '' ? {} : { schema }),
  }
}
