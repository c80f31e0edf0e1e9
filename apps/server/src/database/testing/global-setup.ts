import { makeRunFolder, removeRunFolder, runFolderVariable } from './run-folder.ts'

/** Vitest's hook around a whole run: the workers start servers in its folder, the end stops them. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await makeRunFolder()
  process.env[runFolderVariable] = folder

  return async () => {
    delete process.env[runFolderVariable]
    await removeRunFolder(folder)
  }
}
