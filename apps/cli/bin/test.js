#!/usr/bin/env node
// npm test: installs and builds what is missing, then runs the tests. --soak runs the long ones.
import { enter } from './enter.js'

enter(() => import('./run-tests.js').then(({ runTests }) => runTests(process.argv.slice(2))))
