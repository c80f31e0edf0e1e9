import type { AppContext } from '../app-context.ts'
import { ensureConnection } from './ensure-connection.ts'

/** Where the simulated Sign.Me is, and the key of a site that it knows. */
export type SignmeSandbox = { readonly url: string; readonly key: string }

type Ready = {
  readonly signme: string
  readonly accounts: {
    readonly signme: { readonly sites: readonly { readonly key: string }[] }
  }
}

/**
 * What a ready sandbox tells of its first site.
 * @throws Error when it has none
 */
export function signmeSandboxOf({ signme, accounts }: Ready): SignmeSandbox {
  const [site] = accounts.signme.sites
  if (site === undefined) {
    throw new Error('the sandbox has no site that Sign.Me knows')
  }

  return { url: signme, key: site.key }
}

/** Makes the connection to the simulated Sign.Me, or brings it up to date; its id. */
export function ensureSignme(
  app: AppContext,
  organisationId: string,
  { url, key }: SignmeSandbox,
): Promise<string> {
  return app.db.transaction().execute((tx) =>
    ensureConnection(app, tx, {
      organisationId,
      provider: 'signme',
      name: 'Sign.Me (sandbox)',
      settings: { baseUrl: url, key },
    }),
  )
}
