import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Controller } from 'react-hook-form'

import type { SystemDetail } from '#register/api.ts'
import { fieldOf, isFieldId } from '#register/fields.ts'
import { textOf } from '#register/model.ts'
import { stageOf } from '#register/workflow.ts'
import { ApiError } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { useTexts } from '#web/texts/language.tsx'
import { ErrorSummary, focusField } from '#web/ui/error-summary.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page } from '#web/ui/page.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { registerChanged, systemQuery } from './calls.ts'
import { ConflictView } from './conflict-view.tsx'
import { FormDeeds } from './form-deeds.tsx'
import { type FormValues, systemPath, usePath, valuesOf } from './form-values.ts'
import { hasChanged, saveEdit } from './save-edit.ts'
import { SaveProblem } from './save-problem.tsx'
import { SystemForm } from './system-form.tsx'
import { useSystemForm } from './use-system-form.ts'

/** Changes a system and its uses. When somebody else was first, both versions stand field by field. */
export function SystemEditScreen() {
  const { id } = useParams({ from: '/systems/$id/edit' })
  const t = useTexts()
  const system = useQuery({ ...systemQuery(id), refetchOnMount: 'always', gcTime: 0 })
  const name = system.data ? textOf(system.data.data.facts, 'name') : ''
  return (
    <Page
      title={name === '' ? t.register.form.editCrumb : t.register.form.editTitle(name)}
      crumbs={[
        { name: t.register.title, href: paths.register() },
        { name: name === '' ? t.register.title : name, href: paths.system(id) },
      ]}
    >
      {system.isFetching && system.data === undefined ? (
        <Loaded query={system}>{() => null}</Loaded>
      ) : (
        <Loaded query={system}>{({ data }) => <EditForm first={data} />}</Loaded>
      )}
    </Page>
  )
}

function EditForm({ first }: { first: SystemDetail }) {
  const t = useTexts()
  const words = t.register.form
  const router = useRouter()
  const queryClient = useQueryClient()
  // What both versions started from; it moves on when a conflict has been settled.
  const [before, setBefore] = useState(first)
  const [theirs, setTheirs] = useState<SystemDetail | undefined>()
  const [unchanged, setUnchanged] = useState(false)
  const search = useSearch({ strict: false })
  const wanted = oneOf(search, 'field')
  const useIndex = Math.max(
    0,
    first.uses.findIndex(({ id }) => id === oneOf(search, 'use')),
  )
  const field = isFieldId(wanted) ? wanted : undefined
  const { form, submit, faults, attempt } = useSystemForm(valuesOf(first), false)
  useEffect(() => {
    if (field) focusField(fieldOf(field).scope === 'system' ? systemPath(field) : usePath(useIndex, field))
  }, [field, useIndex])
  const save = useMutation({
    mutationFn: ({ base, values }: { base: SystemDetail; values: FormValues }) => saveEdit(base, values),
    onSuccess: async () => {
      await registerChanged(queryClient)
      router.history.push(paths.system(before.id))
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'changed-meanwhile') {
        setTheirs(error.params['now'] as SystemDetail)
      }
    },
  })
  const send = (values: FormValues) => {
    const changed = hasChanged(before, values)
    setUnchanged(!changed)
    if (changed) save.mutate({ base: before, values })
  }
  if (theirs !== undefined) {
    return (
      <ConflictView
        before={before}
        mine={form.getValues()}
        theirs={theirs}
        onBack={() => setTheirs(undefined)}
        onSettled={(values) => {
          setBefore(theirs)
          setTheirs(undefined)
          form.reset(values)
          if (hasChanged(theirs, values)) save.mutate({ base: theirs, values })
          else router.history.push(paths.system(theirs.id))
        }}
      />
    )
  }
  return (
    <form noValidate onSubmit={submit(send)} className="max-w-3xl">
      <ErrorSummary faults={faults} attempt={attempt} />
      <SystemForm
        form={form}
        names={before.names}
        open={[...faults.flatMap((fault) => fault.field ?? []), ...(field ? [field] : [])]}
        stageFixed={stageOf(before.facts) !== undefined}
        joining={false}
      />
      <Controller
        control={form.control}
        name="reason"
        render={({ field: { value, onChange } }) => (
          <TextField
            label={words.reason}
            help={words.reasonHelp}
            requirement="optional"
            maxLength={2000}
            value={value}
            onChange={onChange}
          />
        )}
      />
      {unchanged && <Notice kind="information" title={words.nothingChanged} takesFocus />}
      {save.isError && <SaveProblem error={save.error} />}
      <FormDeeds
        deed={words.saveEdit}
        busy={save.isPending}
        back={paths.system(before.id)}
        blockedBecause={before.may['change-system'] ? undefined : t.problems.codes['not-permitted']({}).what}
      />
    </form>
  )
}
