import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppContext } from '../app-context.ts'

const pages = new Map<string, Promise<string>>()

/**
 * A built HTML page of the web application, read once. It says in which mode this installation runs, so
 * that the strip of the sandbox stands on pages that nobody is logged in to as well.
 */
export async function readPage(app: Pick<AppContext, 'config'>, name: string): Promise<string> {
  const page = await readBuiltPage(join(app.config.webDir, name))

  return page.replace('data-mode="live"', `data-mode="${app.config.mode}"`)
}

function readBuiltPage(path: string): Promise<string> {
  let page = pages.get(path)
  if (page === undefined) {
    page = readFile(path, 'utf8')
    page.catch(() => pages.delete(path))
    pages.set(path, page)
  }

  return page
}
