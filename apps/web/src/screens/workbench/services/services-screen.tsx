import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { asProblem } from '../../../api/problem.ts'
import { benchServicesQuery } from '../../../api/workbench.ts'
import { useTitle } from '../../../app/use-title.ts'
import { Button } from '../../../components/button.tsx'
import { Empty } from '../../../components/empty.tsx'
import { Fault } from '../../../components/fault.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { BenchHead } from '../bench-head.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'

/** Services that are kept here: codes, template and schema of each, in versions. */
export function ServicesScreen() {
  const { t, format } = useBenchSpeech()
  const navigate = useNavigate()
  const query = useQuery(benchServicesQuery)
  useTitle(t('bench.services.title'))
  const services = query.data?.items ?? []
  const add = (
    <Button
      kind="primary"
      icon="plus"
      onClick={() =>
        void navigate({ to: '/workbench/services/$id', params: { id: 'new' }, search: {} })
      }
      data-testid="new-service"
    >
      {t('bench.services.new')}
    </Button>
  )

  return (
    <>
      <BenchHead title={t('bench.services.title')} hint={t('bench.services.hint')}>
        {services.length === 0 ? null : add}
      </BenchHead>
      <section className="card" aria-label={t('bench.services.title')}>
        {query.isPending ? <SkeletonRows /> : null}
        {query.isError ? (
          <Fault problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isSuccess && services.length === 0 ? (
          <Empty title={t('bench.services.empty')} action={add} />
        ) : null}
        {services.length === 0 ? null : (
          <table className="bench-table">
            <thead>
              <tr>
                <th scope="col">{t('bench.service.name')}</th>
                <th scope="col">{t('bench.col.service')}</th>
                <th scope="col">{t('bench.col.file')}</th>
                <th scope="col">XSD</th>
                <th scope="col">{t('bench.col.version')}</th>
                <th scope="col">{t('col.action')}</th>
              </tr>
            </thead>
            <tbody>
              {services.map((service) => (
                <tr key={service.id} data-testid="service-row">
                  <th scope="row">
                    <Link
                      to="/workbench/services/$id"
                      params={{ id: service.id }}
                      search={{}}
                      className="wrap-anywhere"
                    >
                      {service.name}
                    </Link>
                  </th>
                  <td className="mono" data-label={t('bench.col.service')}>
                    {service.serviceCode}
                  </td>
                  <td className="mono wrap-anywhere" data-label={t('bench.col.file')}>
                    {service.mainFile}
                  </td>
                  <td data-label="XSD">
                    {service.schema === undefined
                      ? '—'
                      : format.size(new TextEncoder().encode(service.schema).length)}
                  </td>
                  <td data-label={t('bench.col.version')}>{service.version}</td>
                  <td>
                    <Link to="/workbench/new" search={{ service: service.id }}>
                      {t('bench.services.use')}
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  )
}
