import { useQuery } from '@tanstack/react-query'

import type { CaseDetail } from '#consultation/board/api.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Section } from '#web/ui/page.tsx'
import { ProvenanceTag } from '#web/ui/provenance-tag.tsx'

import { AdoptBox } from './adopt-box.tsx'
import { AdviceText } from './advice-text.tsx'
import { adviceQuery } from './calls.ts'
import { CaseConditions } from './case-conditions.tsx'
import { Publication } from './publication.tsx'

/** Draft, conditions and adoption of the advice on a case, in the page of the case; for who reads the case. */
export function AdviceSection({ caseId, caseDetail }: { caseId: string; caseDetail: CaseDetail }) {
  const t = useTexts()
  const { language } = useLanguage()
  const query = useQuery(adviceQuery(caseId))
  const words = t.advice
  const adopted = query.data?.advice?.state === 'adopted'
  return (
    <Section title={adopted ? words.adoptedTitle : words.section} aside={words.aside} id="advice">
      <p className="mb-4 flex flex-wrap items-center gap-2 text-note">
        {words.notLicence}
        <ProvenanceTag
          provenance="secondary"
          of={language === 'ja' ? words.notLicence : 'Advice is no licence'}
          sources={[
            {
              document: words.notLicenceSource,
              url: 'https://news.biglobe.ne.jp/it/0527/imn_250527_1288894165.html',
            },
          ]}
        />
      </p>
      <Loaded query={query}>
        {(all) => (
          <>
            <AdviceText all={all} />
            <CaseConditions all={all} caseDetail={caseDetail} />
            <AdoptBox all={all} submittedAt={caseDetail.submittedAt} />
            {all.may.publish && <Publication caseId={caseId} />}
          </>
        )}
      </Loaded>
    </Section>
  )
}
