import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { startOf } from './answers.ts'
import type { Weighing } from './weighing.ts'

/** What a person must know before answering: facts that changed, another edition, a draft that was found. */
export function EditionNotices({ weighing }: { weighing: Weighing }) {
  const t = useTexts()
  const f = useFormat()
  const { finder, catalog } = weighing
  const { current } = finder
  const facts = current?.staleFacts.map(({ field, at }) => t.finder.stale.staleFact(t.fields.labels[field], f.date(at)))
  return (
    <>
      {current?.stale && (
        <Notice kind="attention" title={t.finder.stale.title}>
          {t.finder.stale.text(t.ui.list(facts ?? []))}
        </Notice>
      )}
      {current && current.edition !== catalog.edition && (
        <Notice
          kind="information"
          title={t.finder.edition.other(t.catalog.shortEdition(current.catalog, current.edition))}
        >
          {t.finder.edition.otherText}
        </Notice>
      )}
      {finder.draft && finder.may.assess.open && <DraftFound weighing={weighing} />}
    </>
  )
}

function DraftFound({ weighing }: { weighing: Weighing }) {
  const t = useTexts()
  const f = useFormat()
  const queryClient = useQueryClient()
  const { finder, catalog } = weighing
  const without = startOf({ ...finder, draft: null }, catalog.edition)
  const discard = useMutation({
    mutationFn: () => api.put(`/uses/${finder.use.useId}/finder/draft`, { answers: without }),
    onSuccess: async () => {
      weighing.replace(without)
      await queryClient.invalidateQueries({ queryKey: ['finder', finder.use.useId] })
    },
  })
  if (finder.draft === null) return null
  return (
    <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-1 rounded-8 border border-solid-gray-200 px-4 py-2 text-note">
      <p>{t.finder.draft.found(f.dateTime(finder.draft.at))}</p>
      <Button look="text" size="small" onPress={() => discard.mutate()} busy={discard.isPending}>
        {finder.current ? t.finder.draft.discard : t.finder.draft.discardRegister}
      </Button>
      {discard.error && <Problem error={discard.error} />}
    </div>
  )
}
