/** The port in the socket's file name. It is only a name: no TCP port is opened. */
export const socketPort = 5432

/** File name of the socket, which PostgreSQL and its clients put together from the port. */
export const socketName = `.s.PGSQL.${socketPort}`

/**
 * Settings of a server that belongs to one application: safe writes (fsync, full pages, checksums, all
 * by default), few processes, little memory.
 *
 * @param major version of the server; some settings exist in newer ones only
 */
export function serverSettings(major: number): Readonly<Record<string, string>> {
  return {
    listen_addresses: '',
    port: String(socketPort),
    // Relative to the data folder: no limit on its length then (sun_path holds 107 bytes).
    unix_socket_directories: '../socket',
    unix_socket_permissions: '0700',
    max_connections: '40',
    shared_buffers: '16MB',
    wal_buffers: '2MB',
    max_wal_size: '256MB',
    min_wal_size: '32MB',
    jit: 'off',
    // No replicas, no parallel plans: their launchers and workers are processes for nothing.
    max_wal_senders: '0',
    wal_level: 'minimal',
    max_logical_replication_workers: '0',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    ...(major >= 18 ? { io_method: 'sync' } : {}),
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The log says what happened to the server, never what is in a statement or a row.
    log_checkpoints: 'off',
    log_autovacuum_min_duration: '-1',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_min_messages: 'warning',
  }
}

/** As arguments of `postgres`: `-c name=value`. */
export function asArguments(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** What PostgreSQL gets of our environment: nothing, so that no secret and no PG* variable reaches it. */
export const serverEnvironment = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' } as const
