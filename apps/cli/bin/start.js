#!/usr/bin/env node
// npm start: installs and builds what is missing, then runs Muhr with its sandbox.
import { enter } from './enter.js'

enter(() => import('./start-muhr.js').then(({ startMuhr }) => startMuhr(process.argv.slice(2))))
