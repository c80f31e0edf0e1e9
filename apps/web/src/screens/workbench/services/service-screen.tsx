import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { asProblem } from '../../../api/problem.ts'
import { benchServiceQuery } from '../../../api/workbench.ts'
import { Fault } from '../../../components/fault.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { ServiceForm } from './service-form.tsx'

/** A service in one of its versions, or a new one. */
export function ServiceScreen() {
  const { id } = useParams({ from: '/shell/workbench/services/$id' })
  const { version } = useSearch({ from: '/shell/workbench/services/$id' })
  const isNew = id === 'new'
  const query = useQuery({ ...benchServiceQuery(id, version), enabled: !isNew })

  if (isNew) return <ServiceForm key="new" service={undefined} />

  if (query.isPending) {
    return (
      <section className="card">
        <SkeletonRows />
      </section>
    )
  }

  if (query.isError) {
    return <Fault problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  }

  return <ServiceForm key={`${id}.${query.data.version}`} service={query.data} />
}
