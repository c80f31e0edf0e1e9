#!/usr/bin/env node
// npx muhr: the muhr command, under a Node.js that can run it.
import { enter } from './enter.js'

const args = process.argv.slice(2)

enter(() => import('./run-muhr.js').then(({ runMuhr }) => runMuhr(args)))
