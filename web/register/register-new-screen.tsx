import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'

import type { SimilarUse, SystemDetail } from '#register/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { type Me, useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ErrorSummary } from '#web/ui/error-summary.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page } from '#web/ui/page.tsx'

import { registerChanged } from './calls.ts'
import { DraftNote } from './draft-note.tsx'
import { FormDeeds } from './form-deeds.tsx'
import { factsToSend, type FormValues, newSystemValues } from './form-values.ts'
import { NewBecause } from './new-because.tsx'
import { SimilarUses } from './similar-uses.tsx'
import { SaveProblem } from './save-problem.tsx'
import { SystemForm } from './system-form.tsx'
import { useDraft } from './use-draft.ts'
import { askBecauseFrom, useSimilar } from './use-similar.ts'
import { useSystemForm } from './use-system-form.ts'

/** Registers a use: a few first fields suffice. Similar uses appear while one types; one can be joined instead. */
export function RegisterNewScreen() {
  const t = useTexts()
  const me = useMe()
  return (
    <Page
      title={t.register.form.newTitle}
      lead={t.register.form.newLead}
      crumbs={[{ name: t.register.title, href: paths.register() }]}
    >
      {me && <NewForm me={me} />}
    </Page>
  )
}

function NewForm({ me }: { me: Me }) {
  const t = useTexts()
  const words = t.register.form
  const router = useRouter()
  const queryClient = useQueryClient()
  const [joining, setJoining] = useState<SimilarUse | undefined>()
  const { form, submit, faults, attempt } = useSystemForm(
    newSystemValues(me.role === 'planner' ? me.organisation.id : me.heldFor),
    joining !== undefined,
  )
  const similar = useSimilar(form.control, joining === undefined)
  const close = similar.some(({ score }) => score >= askBecauseFrom)
  const draft = useDraft(`new.${me.person.id}`, (changed) => {
    const seen = form.watch((values) => changed(values as FormValues))
    return () => seen.unsubscribe()
  })
  const save = useMutation({
    mutationFn: (values: FormValues) => (joining ? joinSystem(joining.systemId, values) : registerSystem(values)),
    onSuccess: async (system) => {
      draft.forget()
      await registerChanged(queryClient)
      const use = system.uses.at(-1)
      router.history.push(use === undefined ? paths.system(system.id) : paths.useFinder(use.id, { from: 'registered' }))
    },
  })
  return (
    <form noValidate onSubmit={submit((values) => save.mutate(values), close)} className="max-w-3xl">
      <ErrorSummary faults={faults} attempt={attempt} />
      <DraftNote draft={draft} onResume={(values) => form.reset(values)} />
      {joining && (
        <Notice
          kind="information"
          title={t.register.similar.joining(joining.name)}
          action={<Button onPress={() => setJoining(undefined)}>{t.register.similar.stopJoining}</Button>}
        />
      )}
      <SystemForm
        form={form}
        names={{}}
        open={faults.flatMap(({ field }) => field ?? [])}
        stageFixed={false}
        joining={joining !== undefined}
        similar={
          similar.length > 0 && (
            <>
              <SimilarUses similar={similar} onJoin={setJoining} />
              {close && <NewBecause control={form.control} />}
            </>
          )
        }
      />
      {save.isError && <SaveProblem error={save.error} />}
      <FormDeeds
        deed={joining ? t.register.similar.saveJoin : words.save}
        busy={save.isPending}
        back={paths.register()}
        blockedBecause={me.may['register-system'] ? undefined : t.problems.codes['not-permitted']({}).what}
      />
    </form>
  )
}

const registerSystem = (values: FormValues): Promise<SystemDetail> =>
  api.post('/systems', {
    organisationId: values.organisationId,
    facts: factsToSend(values.system, 'system'),
    uses: values.uses.map(({ facts }) => ({ facts: factsToSend(facts, 'use') })),
    ...(values.newBecause.trim() === '' ? {} : { newBecause: values.newBecause.trim() }),
  })

/** Adds the use to the system as it is now. */
async function joinSystem(id: string, values: FormValues): Promise<SystemDetail> {
  const { version } = await api.read<SystemDetail>(`/systems/${id}`)
  return api.post(`/systems/${id}/uses`, { facts: factsToSend(values.uses[0]?.facts ?? {}, 'use') }, { version })
}
