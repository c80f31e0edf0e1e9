/**
 * Prints how many milliseconds of CPU time a new process needs until every module can compute.
 * @module
 */
import { startModules } from '@muhr/gost/testing'

const start = process.cpuUsage()
startModules()
const { user, system } = process.cpuUsage(start)
console.log((user + system) / 1000)
