import { randomBytes } from 'node:crypto'
import { createApiKey } from '../auth/api-keys.ts'
import { type Role, type Scope, scopes } from '../auth/roles.ts'
import { createLoginLink } from '../auth/sessions.ts'
import { createRestClient, type RestClient } from './rest-client.ts'
import type { TestInstallation } from './start-test-installation.ts'

/** Another tenant of the same installation. */
export type OtherOrganisation = {
  readonly id: string
  readonly connection: string
  readonly withKey: (scopes?: readonly Scope[]) => Promise<RestClient>
  readonly withRole: (role: Role) => Promise<RestClient>
}

/** Makes a second organisation by SQL, as an installation that serves several would have it. */
export async function createOtherOrganisation(muhr: TestInstallation): Promise<OtherOrganisation> {
  const { app } = muhr.server
  const id = app.ids.next('organisation')
  const connection = app.ids.next('connection')
  const names = JSON.stringify({ ru: 'ТОО «Другое»', kk: '«Басқа» ЖШС' })
  await muhr.sql(
    `insert into organisations (id, name, names, bin, sandbox, salt) values ($1, 'ТОО «Другое»', $2, '001440000016', true, $3)`,
    [id, names, randomBytes(32)],
  )
  await muhr.sql(
    `insert into connections (id, organisation_id, provider, name, settings, policy)
      values ($1, $2, 'egov-mobile', 'eGov', '{}', 'sandbox')`,
    [connection, id],
  )

  return {
    id,
    connection,
    withKey: async (granted = scopes) => {
      const key = await createApiKey(app.db, {
        id: app.ids.own('api-key'),
        organisationId: id,
        name: 'other',
        scopes: granted,
      })

      return createRestClient(muhr.server.url, { authorization: `Bearer ${key}` })
    },
    withRole: (role) => logIn(muhr, { organisation: id, role }),
  }
}

/** A person of an organisation, logged in by a link, calling from our own pages. */
export async function logIn(
  muhr: TestInstallation,
  who: { readonly organisation: string; readonly role: Role },
): Promise<RestClient> {
  const { app, url } = muhr.server
  const user = app.ids.own('user')
  await muhr.sql(
    `insert into users (id, organisation_id, name, role, locale) values ($1, $2, 'ТЕСТОВ ТЕСТ', $3, 'ru')`,
    [user, who.organisation, who.role],
  )
  const token = await createLoginLink(app.db, { userId: user, now: app.now(), lifeMs: 60_000 })
  const answer = await fetch(`${url}/login/${token}`, { redirect: 'manual' })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''

  return createRestClient(url, { cookie, origin: url })
}
