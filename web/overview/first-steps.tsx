import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { ButtonLink, Link } from '#web/ui/link.tsx'
import { Section } from '#web/ui/page.tsx'

const steps = ['organisations', 'catalog', 'import', 'register', 'finder'] as const
const addresses: Record<(typeof steps)[number], string> = {
  organisations: paths.organisations(),
  catalog: paths.catalogs(),
  import: paths.importNew(),
  register: paths.registerNew(),
  finder: paths.finder(),
}

/** Nothing is registered: the order of the first steps instead of empty tables. */
export function FirstSteps() {
  const t = useTexts()
  const words = t.overview.empty
  return (
    <Section title={words.title}>
      <p className="mb-4">{words.why}</p>
      <ol className="mb-6 max-w-3xl border-t border-solid-gray-200">
        {steps.map((step, n) => (
          <li key={step} className="flex gap-4 border-b border-solid-gray-200 py-3">
            <span
              aria-hidden="true"
              className="flex size-8 shrink-0 items-center justify-center rounded-full border-2 border-solid-gray-600 font-700"
            >
              {n + 1}
            </span>
            <span>
              <Link href={addresses[step]} bold>
                {words.steps[step]}
              </Link>
              <span className="block text-note">{words.steps[`${step}Text`]}</span>
            </span>
          </li>
        ))}
      </ol>
      <ButtonLink href={addresses.import} look="filled">
        {words.steps.import}
      </ButtonLink>
    </Section>
  )
}
