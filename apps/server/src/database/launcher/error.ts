import { MuhrError } from '@muhr/identifiers'

/** The typed particulars of each code. Paths, versions and numbers of processes only. */
export type LauncherErrorData = {
  /** No PostgreSQL for this platform, or its npm package is not installed. */
  readonly 'database.no-binaries': { readonly platform: string }
  /** The binaries are there, but the account that is to run them cannot. */
  readonly 'database.binaries-unusable': { readonly folder: string; readonly uid: number }
  /** The data were written by another major version of PostgreSQL. */
  readonly 'database.version-mismatch': {
    readonly folder: string
    readonly found: string
    readonly supported: string
  }
  /** The data folder cannot be used by this account, or holds something else. */
  readonly 'database.folder-unusable': { readonly folder: string }
  readonly 'database.init-failed': { readonly folder: string; readonly output: string }
  readonly 'database.start-failed': { readonly folder: string; readonly log: string }
  /** Another process is starting or stopping the same database and does not come to an end. */
  readonly 'database.busy': { readonly folder: string; readonly pid: number }
  readonly 'database.stop-failed': { readonly folder: string; readonly pid: number }
}

export type LauncherErrorCode = keyof LauncherErrorData

/** A refusal or failure of the PostgreSQL launcher. */
export class LauncherError<Code extends LauncherErrorCode = LauncherErrorCode> extends MuhrError<
  Code,
  LauncherErrorData[Code]
> {
  override readonly name = 'LauncherError'
}
