/**
 * Prints how many milliseconds of CPU time of its thread a new process needs until every module can compute:
 * what the engine compiles meanwhile on other threads makes nobody wait.
 * @module
 */
import { startModules } from '@muhr/gost/testing'

const start = process.threadCpuUsage()
startModules()
const { user, system } = process.threadCpuUsage(start)
console.log((user + system) / 1000)
