import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'

import type { EvidenceList } from '#evidence/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { RadioCards } from '#web/ui/choices.tsx'
import { FileField } from '#web/ui/file-field.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Progress } from '#web/ui/loading.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { attach, type EvidenceOf, evidenceQuery, type ToAttach } from './calls.ts'
import { EvidenceProblem } from './evidence-problem.tsx'

type Props = { of: EvidenceOf; rules: EvidenceList['rules']; onDone: (title: string | undefined) => void }

/** One file with its title and confidentiality. What is wrong stands at its field once sending was tried. */
export function AttachForm({ of, rules, onDone }: Props) {
  const t = useTexts().evidence
  const f = useFormat()
  const head = useId()
  const queryClient = useQueryClient()
  const [file, setFile] = useState<File>()
  const [title, setTitle] = useState('')
  const [classification, setClassification] = useState<string>()
  const [tried, setTried] = useState(false)
  const [sent, setSent] = useState(0)
  const sending = useMutation({
    mutationFn: (given: ToAttach) => attach(of, given, setSent),
    onSuccess: async (_id, given) => {
      await queryClient.invalidateQueries({ queryKey: evidenceQuery(of).queryKey })
      onDone(given.title)
    },
  })
  const tooLarge = file !== undefined && file.size > rules.bytes
  const faults = {
    file: file === undefined ? t.needFile : tooLarge ? t.tooLarge(f.bytes(rules.bytes)) : undefined,
    title: title.trim() === '' ? t.needName : undefined,
    classification: classification === undefined ? t.needClassification : undefined,
  }
  const shown = (fault: string | undefined) => (tried && fault !== undefined ? { error: fault } : {})
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (file === undefined || classification === undefined || Object.values(faults).some((one) => one !== undefined))
      return
    sending.mutate({ file, title: title.trim(), classification })
  }
  return (
    <form
      onSubmit={submit}
      noValidate
      aria-labelledby={head}
      className="mb-6 flex flex-col gap-6 rounded-8 border border-solid-gray-420 p-4 sm:p-6"
    >
      <h3 id={head} className="text-std-18B-160">
        {t.add}
      </h3>
      <div>
        <FileField
          label={t.file}
          requirement="required"
          help={t.fileHelp(f.bytes(rules.bytes), t.endings(rules.endings))}
          accept={rules.endings.map((e) => `.${e}`).join(',')}
          choose={t.choose}
          drop={t.drop}
          onFile={setFile}
          busy={sending.isPending}
          {...(tooLarge ? { error: faults.file! } : shown(faults.file))}
        />
        <output className="mt-2 block break-all">{file && t.chosen(file.name, f.bytes(file.size))}</output>
      </div>
      <TextField
        label={t.name}
        help={t.nameHelp}
        requirement="required"
        maxLength={200}
        value={title}
        onChange={setTitle}
        {...shown(faults.title)}
      />
      <RadioCards
        label={t.classification}
        requirement="required"
        choices={rules.classifications.map((id) => ({ id, name: t.classifications[id] ?? id }))}
        value={classification}
        onChange={setClassification}
        columns={1}
        offerNotYet={false}
        {...shown(faults.classification)}
      />
      {sending.isError && <EvidenceProblem error={sending.error} />}
      {sending.isPending && <Progress done={Math.round(sent * 100)} all={100} doing={t.sending} />}
      <div className="flex flex-wrap gap-4">
        <Button type="submit" look="filled" size="medium" busy={sending.isPending}>
          {t.send}
        </Button>
        <Button look="text" size="medium" onPress={() => onDone(undefined)}>
          {t.cancel}
        </Button>
      </div>
    </form>
  )
}
