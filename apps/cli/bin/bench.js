#!/usr/bin/env node
// npm run bench -- SUITE: installs and builds what is missing, then measures.
import { enter } from './enter.js'

enter(() =>
  import('./run-program.js').then(({ runProgram }) =>
    runProgram('bench/src/main.ts', { args: process.argv.slice(2), needsPages: true }),
  ),
)
