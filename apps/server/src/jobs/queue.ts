import { randomUUID } from 'node:crypto'
import type { Job } from '@muhr/envelope'
import { fromKysely, type JobInsert, PgBoss } from 'pg-boss'
import {
  type DatabaseAddress,
  poolConfig,
  type Queryable,
  type Tx,
} from '../database/open-database.ts'

const queueName = 'muhr'

/**
 * Jobs taken at a time. pg-boss looks for more only when it polls or is notified, so a small batch would
 * make a backlog (every clock of a busy day, after a stop) wait for seconds each.
 */
const batchSize = 50

/** A job with the envelope that it belongs to, as it stands in the queue. */
export type QueuedJob = { readonly envelope: string; readonly job: Job }

export type JobHandler = (queued: QueuedJob) => Promise<void>

export type JobQueue = {
  /**
   * Puts jobs into the queue in the transaction that caused them: both happen, or neither. Of `tick`
   * the rows tell by themselves when they are due (`tickDue`), so those are left out.
   */
  readonly enqueue: (tx: Tx, envelope: string, jobs: readonly Job[]) => Promise<void>
  /**
   * The same for work that a sweep found owed: due now, whatever its first job was told. What waits
   * there from an earlier sweep is not put in twice.
   */
  readonly enqueueOwed: (db: Queryable, owed: readonly QueuedJob[]) => Promise<void>
  /** Starts taking jobs; each at least once, several at a time. */
  readonly work: (handler: JobHandler) => Promise<void>
  /** Waits for running jobs, then lets go of the database. */
  readonly stop: () => Promise<void>
}

/**
 * Signatures are judged where they arrive, within the request that brought them. Their job is the net
 * below that: it runs when that process is certainly done with it, or died.
 */
const verifyDelayMs = 30_000

/** Evidence is built when nothing else waits: it takes as long as a look, a collection and a verification. */
function priorityOf(job: Job): number {
  return job.kind === 'conclude' ? -1 : 0
}

/** Jobs that need the queue; where there are none, nothing has to be written beside the envelope. */
export function queuedJobs(jobs: readonly Job[]): readonly Job[] {
  return jobs.filter((job) => job.kind !== 'tick')
}

/** When a job is due; absent for "now". */
function dueAt(job: Job): Date | undefined {
  if (job.kind === 'verify') {
    return new Date(Date.now() + verifyDelayMs)
  }

  return 'at' in job && job.at !== undefined ? new Date(job.at) : undefined
}

/** The same owed work has the same key, whenever it was found. */
function keyOf({ envelope, job }: QueuedJob): string {
  const words = Object.entries(job).flatMap(([name, value]) => (name === 'at' ? [] : [value]))

  return [envelope, ...words].join(' ')
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
    // One job of a key waits at a time.
    policy: 'short',
    notify: true,
    retryLimit: 20,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 300,
    // Longer than any call or seal takes: a worker that died is known by its silence.
    expireInSeconds: 1800,
    heartbeatSeconds: 10,
    retentionSeconds: 400 * 24 * 3600,
    deleteAfterSeconds: 3600,
  }
  await boss.createQueue(queueName, settings)
  const insert = async (db: Queryable, jobs: readonly JobInsert[]) => {
    if (jobs.length > 0) {
      // The adapter asks for no more than `executeQuery`, which pool and transaction both have.
      await boss.insert(queueName, [...jobs], { db: fromKysely(db as Tx) })
    }
  }

  return {
    enqueue: (tx, envelope, jobs) =>
      insert(
        tx,
        queuedJobs(jobs).map((job) => {
          const due = dueAt(job)

          return {
            data: { envelope, job },
            priority: priorityOf(job),
            // Never left out: a job that looks the same may be running on older rows.
            singletonKey: randomUUID(),
            ...(due === undefined ? {} : { startAfter: due }),
          }
        }),
      ),
    enqueueOwed: (db, owed) =>
      insert(
        db,
        owed.map((queued) => ({
          data: queued,
          priority: priorityOf(queued.job),
          singletonKey: keyOf(queued),
        })),
      ),
    work: async (handler) => {
      await boss.work<QueuedJob>(
        queueName,
        {
          batchSize,
          localConcurrency: 2,
          pollingIntervalSeconds: 1,
          notifyPollingIntervalSeconds: 2,
        },
        async (jobs) => {
          // A batch comes in no order.
          const waiting = jobs.toSorted(
            (one, other) => priorityOf(other.data.job) - priorityOf(one.data.job),
          )
          const takeTurns = async (): Promise<void> => {
            for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
              try {
                await handler(job.data)
              } catch (error) {
                // Failed alone, to be tried again alone: the others of the batch are done.
                options.onError(error)
                await boss.fail(queueName, job.id, { reason: (error as Error).message })
              }
            }
          }
          await Promise.all(Array.from({ length: options.concurrency }, takeTurns))
        },
      )
    },
    stop: async () => {
      await boss.stop({ graceful: true, timeout: 10_000, close: true })
    },
  }
}
