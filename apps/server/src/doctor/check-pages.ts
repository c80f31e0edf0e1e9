import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../config/index.ts'
import type { Finding } from './finding.ts'

/** Whether the pages were built. */
export function checkPages({ webDir }: Pick<Config, 'webDir'>): readonly Finding[] {
  return existsSync(path.join(webDir, 'index.html'))
    ? [{ check: 'pages', result: 'passed', message: 'They are built.' }]
    : [
        {
          check: 'pages',
          result: 'notice',
          message: 'They are not built yet; npm start and npx muhr serve do that.',
        },
      ]
}
