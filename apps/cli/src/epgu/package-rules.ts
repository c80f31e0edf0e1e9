import { pushMaxBytes } from '@muhr/epgu'
import {
  type GoskeyServiceName,
  goskeyPackageRules,
  goskeyServices,
  type PackageRules,
  recogniseRequest,
} from '@muhr/epgu/goskey'
import { usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { readInput } from '../command/read-input.ts'

/** What names the rules of a package. */
export const ruleOptions = {
  request: { type: 'string' },
  xsd: { type: 'string' },
  profile: { type: 'string' },
  'one-shot': { type: 'boolean' },
} as const

export const ruleUsage = '[--request NAME] [--xsd FILE] [--profile 1.8|1.9] [--one-shot]'

/** Values of {@link ruleOptions}. */
export type RuleValues = {
  readonly request?: string | undefined
  readonly xsd?: string | undefined
  readonly profile?: string | undefined
  readonly 'one-shot'?: boolean | undefined
  readonly service?: string | undefined
}

const profiles = ['1.8', '1.9'] as const

function serviceOf(
  code: string | undefined,
  recognised: GoskeyServiceName | undefined,
): GoskeyServiceName | undefined {
  const isOther =
    recognised === undefined ||
    (code !== undefined && goskeyServices[recognised].serviceCode !== code)
  if (!isOther) {
    return recognised
  }
  const byCode = Object.entries(goskeyServices).find(([, each]) => each.serviceCode === code)

  return byCode?.[0] as GoskeyServiceName | undefined
}

/**
 * The rules that a package is held against: those of Goskey where its request file or the service code
 * says so, else the names and the XML Schema of the command line.
 * @param requestXml the request file, where there is one
 * @throws CliError `cli.usage`, `cli.unreadable`
 */
export async function packageRulesOf(
  values: RuleValues,
  requestXml: Uint8Array | undefined,
  io: CommandIo,
): Promise<PackageRules> {
  const { request, xsd, profile } = values
  if (profile !== undefined && !profiles.some((each) => each === profile)) {
    throw usageError('--profile is none that is known.', `Write one of: ${profiles.join(', ')}.`)
  }
  const archive = values['one-shot'] === true ? { archiveBytes: pushMaxBytes } : {}
  const found = requestXml === undefined ? undefined : recogniseRequest(requestXml)
  const service = serviceOf(values.service, found?.service)
  if (service !== undefined && request === undefined && xsd === undefined) {
    const own = profiles.find((each) => each === profile) ?? found?.profile ?? '1.9'

    return {
      ...goskeyPackageRules(service, { profile: own, breadth: 'profile', sentAt: io.now() }),
      ...archive,
    }
  }

  return {
    ...(request === undefined ? {} : { requestName: request }),
    ...(xsd === undefined ? {} : { schema: await readInput(xsd, io) }),
    ...archive,
  }
}
