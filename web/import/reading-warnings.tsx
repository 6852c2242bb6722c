import type { Mark } from '#register/import/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Section } from '#web/ui/page.tsx'

const countOf = ({ params = {} }: Mark): string => {
  const list = params['names'] ?? params['columns'] ?? params['targets'] ?? params['parts']
  const count = typeof params['count'] === 'number' ? params['count'] : Array.isArray(list) ? list.length : 0
  return formatNumber(count)
}

/** What was noticed while the file was read, each with what it means for the rows. */
export function ReadingWarnings({ warnings }: { warnings: readonly Mark[] }) {
  const t = useTexts()
  const words = t.importing.reading
  if (warnings.length === 0) return null
  return (
    <Section title={words.warningsTitle}>
      <ul className="list-disc pl-6">
        {warnings.map((one) => (
          <li key={one.code}>{words.warnings[one.code]?.(countOf(one)) ?? words.warningOther(one.code)}</li>
        ))}
      </ul>
    </Section>
  )
}
