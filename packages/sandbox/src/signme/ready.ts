import { type SignmeAccounts, seededAccounts } from './accounts.ts'

/** Whom Sign.Me knows, and where its control is, as `muhr sandbox --json` lists them. */
export type SignmeReady = SignmeAccounts & { readonly control: string }

export function signmeReady(url: string): SignmeReady {
  return { ...seededAccounts, control: `${url}/_sim/signme` }
}
