import type { Job } from '@muhr/envelope'
import { fromKysely, PgBoss } from 'pg-boss'
import { type DatabaseAddress, poolConfig, type Tx } from '../database/open-database.ts'

const queueName = 'muhr'

/** A job with the envelope that it belongs to, as it stands in the queue. */
export type QueuedJob = { readonly envelope: string; readonly job: Job }

export type JobHandler = (queued: QueuedJob) => Promise<void>

export type JobQueue = {
  /** Puts jobs into the queue in the transaction that caused them: both happen, or neither. */
  readonly enqueue: (tx: Tx, envelope: string, jobs: readonly Job[]) => Promise<void>
  /** Starts taking jobs; each at least once, several at a time. */
  readonly work: (handler: JobHandler) => Promise<void>
  /** Waits for running jobs, then lets go of the database. */
  readonly stop: () => Promise<void>
}

/** When a job is due; absent for "now". */
function dueAt(job: Job): Date | undefined {
  return 'at' in job && job.at !== undefined ? new Date(job.at) : undefined
}

/**
 * The durable queue: pg-boss in the same database. A worker that dies lets go of its jobs after
 * `heartbeatSeconds`; another then gets them again, which every handler must bear.
 */
export async function createJobQueue(
  address: DatabaseAddress,
  options: { readonly concurrency: number; readonly onError: (error: unknown) => void },
): Promise<JobQueue> {
  const boss = new PgBoss({
    ...(poolConfig(address) as { host?: string; connectionString?: string }),
    schema: 'pgboss',
    max: 3,
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: 30,
    monitorVacuum: false,
    application_name: 'muhr-jobs',
  })
  boss.on('error', options.onError)
  await boss.start()
  const settings = {
    notify: true,
    retryLimit: 20,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 300,
    expireInSeconds: 120,
    heartbeatSeconds: 10,
    retentionSeconds: 400 * 24 * 3600,
    deleteAfterSeconds: 3600,
  }
  await boss.createQueue(queueName, settings)

  return {
    enqueue: async (tx, envelope, jobs) => {
      if (jobs.length === 0) {
        return
      }
      await boss.insert(
        queueName,
        jobs.map((job) => {
          const due = dueAt(job)

          return { data: { envelope, job }, ...(due === undefined ? {} : { startAfter: due }) }
        }),
        { db: fromKysely(tx) },
      )
    },
    work: async (handler) => {
      await boss.work<QueuedJob>(
        queueName,
        {
          batchSize: 1,
          localConcurrency: options.concurrency,
          pollingIntervalSeconds: 2,
          notifyPollingIntervalSeconds: 5,
        },
        async ([job]) => {
          if (job !== undefined) {
            await handler(job.data)
          }
        },
      )
    },
    stop: async () => {
      await boss.stop({ graceful: true, timeout: 10_000, close: true })
    },
  }
}
