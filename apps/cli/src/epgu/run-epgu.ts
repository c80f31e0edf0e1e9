import { EpguError } from '@muhr/epgu'
import type { MuhrError } from '@muhr/identifiers'
import { type ExitCode, exitCode } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { type Action, runAction } from '../command/run-action.ts'
import { runCancel } from './run-cancel.ts'
import { runCheck } from './run-check.ts'
import { runDictionary } from './run-dictionary.ts'
import { runDownload } from './run-download.ts'
import { runPackage } from './run-package.ts'
import { runPush } from './run-push.ts'
import { runReserve } from './run-reserve.ts'
import { runHistory, runStatus } from './run-status.ts'
import { runStatuses, runUpdated } from './run-statuses.ts'
import { runToken } from './run-token.ts'

const actions: Readonly<Record<string, Action>> = {
  token: runToken,
  reserve: runReserve,
  package: runPackage,
  check: runCheck,
  push: runPush,
  status: runStatus,
  history: runHistory,
  statuses: runStatuses,
  updated: runUpdated,
  download: runDownload,
  cancel: runCancel,
  dictionary: runDictionary,
}

/** Codes that mean: it is not known whether the call had its effect. */
const isOpen = ({ code }: MuhrError): boolean => code === 'epgu.outcome-unknown'

/** Codes by which ESIA or the portal said no. */
const refusals: ReadonlySet<string> = new Set([
  'esia.refused',
  'epgu.refused',
  'epgu.not-found',
  'epgu.unauthorised',
  'epgu.rate-limited',
  'epgu.quota-full',
  'epgu.dictionary-refused',
  'goskey.rules-broken',
])

function exitCodeOf(error: EpguError): ExitCode {
  if (isOpen(error)) {
    return exitCode.indeterminate
  }
  if (error.code === 'epgu.invalid-argument') {
    return exitCode.usage
  }

  return refusals.has(error.code) ? exitCode.failed : exitCode.unreadable
}

/** The codes of ESIA and of the portal, which say more than ours. */
function namedBy({ data }: EpguError): Readonly<Record<string, string>> {
  const named = ['esiaCode', 'epguCode', 'orderId', 'availableAt'].flatMap((name) => {
    const value: unknown = Reflect.get(data, name)

    return typeof value === 'string' ? [[name, value]] : []
  })

  return Object.fromEntries(named)
}

/**
 * `muhr epgu ACTION …`: raw calls to ESIA and the gateway of the portal. Exit code: 0 done, 1 refused by
 * ESIA, the portal or a rule of packages, 2 an answer was lost and the call may have had its effect, 64
 * usage, 65 a file, key or service that cannot be read or reached.
 * @throws CliError, PkiError, SignerKeyError
 */
export function runEpgu(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  return runAction(
    {
      name: 'epgu',
      actions,
      isFailure: (error): error is EpguError => error instanceof EpguError,
      codesOf: (error) => Object.values(namedBy(error)),
      moreOf: namedBy,
      exitCodeOf,
    },
    args,
    io,
  )
}
