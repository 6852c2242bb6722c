import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { VersionDetail } from '#user-rules/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

/** Who was asked, what each found, and one's own finding. */
export function ReviewPanel({ detail }: { detail: VersionDetail }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const texts = t.userRules.review
  const { reviews, version, may } = detail
  if (version.state === 'draft' && reviews.length === 0) return null
  return (
    <Panel title={texts.title} className="mt-4">
      {reviews.length === 0 ? (
        <p className="text-note">{texts.none}</p>
      ) : (
        <ul className="text-note">
          {reviews.map(({ personId, post, namedAt, finding, foundAt, remark }) => (
            <li key={personId} className="border-b border-solid-gray-200 py-2 last:border-b-0">
              <p className="flex flex-wrap items-center justify-between gap-2">
                <span>{pick(post)}</span>
                {finding === null ? (
                  <span className="text-solid-gray-700">{texts.waiting(f.waiting(namedAt))}</span>
                ) : (
                  <Tag tone={finding === 'confirmed' ? 'success' : 'attention'}>
                    {finding === 'confirmed' ? texts.confirmed(f.date(foundAt!)) : texts.sentBack(f.date(foundAt!))}
                  </Tag>
                )}
              </p>
              {remark && <p className="mt-1 whitespace-pre-wrap">{remark}</p>}
            </li>
          ))}
        </ul>
      )}
      {may.review && version.state === 'review' && <OwnFinding detail={detail} />}
    </Panel>
  )
}

function OwnFinding({ detail }: { detail: VersionDetail }) {
  const t = useTexts()
  const texts = t.userRules.review
  const client = useQueryClient()
  const [remark, setRemark] = useState('')
  const find = useMutation({
    mutationFn: (finding: 'confirmed' | 'sent-back') =>
      api.post<VersionDetail>(`/user-rules/versions/${detail.version.id}/finding`, {
        finding,
        remark: remark.trim() === '' ? null : remark.trim(),
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['user-rules'] })
      void client.invalidateQueries({ queryKey: ['navigation-counts'] })
    },
  })
  return (
    <section className="mt-4 border-t border-solid-gray-420 pt-3">
      <h3 className="mb-2 text-std-16B-170">{texts.yours}</h3>
      <TextArea label={texts.remark} requirement="optional" rows={2} width="full" value={remark} onChange={setRemark} />
      {find.isError && <Problem error={find.error} takesFocus />}
      <div className="mt-3 flex flex-wrap items-start gap-3">
        <Button look="filled" size="medium" busy={find.isPending} onPress={() => find.mutate('confirmed')}>
          {texts.confirm}
        </Button>
        <Button
          size="medium"
          blockedBecause={remark.trim() === '' ? texts.remarkNeeded : undefined}
          onPress={() => find.mutate('sent-back')}
        >
          {texts.sendBack}
        </Button>
      </div>
    </section>
  )
}
