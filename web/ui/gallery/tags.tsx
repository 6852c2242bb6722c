import { verdicts } from '#register/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Section } from '#web/ui/page.tsx'
import { ProvenanceTag } from '#web/ui/provenance-tag.tsx'
import { AbsenceMark, Tag, VerdictTag } from '#web/ui/tags.tsx'

import { useContent } from './content.ts'

export function Tags() {
  const { words } = useTexts()
  const g = useContent()
  const source = {
    document: g.document,
    edition: '1.0',
    at: g.place,
    url: 'https://www.digital.go.jp/',
    href: '/catalogs',
  }
  return (
    <Section title={g.tags}>
      <div className="mb-3 flex flex-wrap gap-2">
        {verdicts.map((verdict) => (
          <VerdictTag key={verdict} verdict={verdict} />
        ))}
        <VerdictTag verdict="stale" />
      </div>
      <p className="mb-3 flex flex-wrap gap-4">
        <AbsenceMark absent={{ absent: 'unanswered' }} />
        <AbsenceMark absent={{ absent: 'unknown', note: g.note, since: '2026-11-06' }} showNote />
        <AbsenceMark absent={{ absent: 'not-applicable' }} />
        <AbsenceMark absent={{ absent: 'withheld' }} />
        <AbsenceMark absent={{ absent: 'waived', by: words.roles.caio, why: g.note }} showNote />
      </p>
      <p className="mb-3 text-note">
        {g.who}
        <ProvenanceTag provenance="official" sources={[source]} of={g.who} />
        {g.personal}
        <ProvenanceTag provenance="secondary" sources={[source]} verifyFirst of={g.personal} />
        {g.stage}
        <ProvenanceTag provenance="preset" of={g.stage} />
      </p>
      <div className="flex flex-wrap gap-2">
        <Tag>{g.stage}</Tag>
        <Tag tone="attention">{g.attention}</Tag>
        <Tag tone="error" icon="stop">
          {words.importOutcomes.rejected}
        </Tag>
        <Tag tone="success" icon="circle-tick">
          {words.importOutcomes.stored}
        </Tag>
        <Tag tone="blue">{g.organisation}</Tag>
      </div>
    </Section>
  )
}
