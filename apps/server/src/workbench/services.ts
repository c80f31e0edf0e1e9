import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import { json, type Queryable, type Tx } from '../database/open-database.ts'
import { Problem } from '../http/problems.ts'
import { expectSchema } from './check-xml.ts'

/** What a service of the portal asks for: its codes, its request file and that file's schema. */
export type ServiceSettings = {
  readonly name: string
  readonly serviceCode: string
  readonly targetCode: string
  readonly region: string
  /** Name of the request file; `{{guid}}` and `{{orderId}}` stand for those of an order. */
  readonly mainFile: string
  /** XML text with `{{orderId}}` and `{{guid}}` where they belong. */
  readonly template: string
  /** XML Schema of the request file. */
  readonly schema?: string | undefined
}

export type StoredService = ServiceSettings & {
  readonly id: string
  readonly version: number
  readonly at: string
}

const query = (db: Queryable, organisationId: string) =>
  db
    .selectFrom('workbench_services as s')
    .innerJoin('workbench_service_versions as v', 'v.service_id', 's.id')
    .select([
      's.id',
      'v.version',
      'v.name',
      'v.service_code',
      'v.target_code',
      'v.region',
      'v.main_file',
      'v.template',
      'v.schema',
      'v.at',
      's.removed_at',
    ])
    .where('s.organisation_id', '=', organisationId)

type Row = Awaited<ReturnType<ReturnType<typeof query>['executeTakeFirstOrThrow']>>

const serviceOf = (row: Row): StoredService => ({
  id: row.id,
  version: row.version,
  name: row.name,
  serviceCode: row.service_code,
  targetCode: row.target_code,
  region: row.region,
  mainFile: row.main_file,
  template: row.template,
  schema: row.schema ?? undefined,
  at: row.at,
})

/** Services of an organisation in their newest version, oldest first. */
export async function listServices(
  db: Queryable,
  organisationId: string,
): Promise<readonly StoredService[]> {
  const rows = await query(db, organisationId)
    .whereRef('v.version', '=', 's.version')
    .where('s.removed_at', 'is', null)
    .orderBy('s.id')
    .execute()

  return rows.map(serviceOf)
}

/**
 * Every version of a service, newest first; of a removed one too, which its orders still name.
 * @throws Problem `request.not-found`
 */
export async function serviceVersions(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<readonly StoredService[]> {
  const rows = await query(db, organisationId)
    .where('s.id', '=', id)
    .orderBy('v.version', 'desc')
    .execute()
  if (rows.length === 0) {
    throw new Problem('request.not-found', 'There is no such service.', { field: 'service' })
  }

  return rows.map(serviceOf)
}

/** A version of a service, the newest by default. @throws Problem `request.not-found` */
export async function loadService(
  db: Queryable,
  organisationId: string,
  { id, version }: { readonly id: string; readonly version?: number | undefined },
): Promise<StoredService> {
  const versions = await serviceVersions(db, organisationId, id)
  const found =
    version === undefined ? versions[0] : versions.find((each) => each.version === version)
  if (found === undefined) {
    throw new Problem('request.not-found', 'There is no such version.', { field: 'version' })
  }

  return found
}

type Saving = {
  readonly caller: Caller
  readonly id: string
  readonly version: number
  readonly service: ServiceSettings
}

async function insertVersion(
  app: Pick<AppContext, 'now'>,
  tx: Tx,
  { caller, id, version, service }: Saving,
): Promise<void> {
  await tx
    .insertInto('workbench_service_versions')
    .values({
      service_id: id,
      organisation_id: caller.organisationId,
      version,
      name: service.name,
      service_code: service.serviceCode,
      target_code: service.targetCode,
      region: service.region,
      main_file: service.mainFile,
      template: service.template,
      schema: service.schema ?? null,
      at: app.now(),
      by: json(caller.actor),
    })
    .execute()
}

/**
 * Adds a service, version 1; its schema is compiled once to see that it can be used.
 * @throws Problem `workbench.schema`
 */
export async function addService(
  app: Pick<AppContext, 'now' | 'ids'>,
  tx: Tx,
  { caller, service }: Pick<Saving, 'caller' | 'service'>,
): Promise<StoredService> {
  const id = app.ids.own('workbench-service')
  const at = app.now()
  await tx
    .insertInto('workbench_services')
    .values({
      id,
      organisation_id: caller.organisationId,
      version: 1,
      created_at: at,
      removed_at: null,
    })
    .execute()
  await insertVersion(app, tx, { caller, id, version: 1, service })

  return { ...service, id, version: 1, at: at.toISOString() }
}

/**
 * Writes a new version of a service; orders keep the one that they were made from.
 * @throws Problem `request.not-found`, `workbench.schema`
 */
export async function changeService(
  app: Pick<AppContext, 'db' | 'now'>,
  { caller, id, service }: Pick<Saving, 'caller' | 'id' | 'service'>,
): Promise<StoredService> {
  await expectSchema(service.schema)

  return app.db.transaction().execute(async (tx) => {
    const moved = await tx
      .updateTable('workbench_services')
      .set((row) => ({ version: row('version', '+', 1) }))
      .where('id', '=', id)
      .where('organisation_id', '=', caller.organisationId)
      .where('removed_at', 'is', null)
      .returning('version')
      .executeTakeFirst()
    if (moved === undefined) {
      throw new Problem('request.not-found', 'There is no such service.')
    }
    await insertVersion(app, tx, { caller, id, version: moved.version, service })

    return loadService(tx, caller.organisationId, { id })
  })
}

/** Removes a service from the lists; its versions stay for the orders. @throws Problem `request.not-found` */
export async function removeService(
  app: Pick<AppContext, 'db' | 'now'>,
  organisationId: string,
  id: string,
): Promise<void> {
  const removed = await app.db
    .updateTable('workbench_services')
    .set({ removed_at: app.now() })
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (removed === undefined) {
    throw new Problem('request.not-found', 'There is no such service.')
  }
}
