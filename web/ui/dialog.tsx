import { type ReactNode, useState } from 'react'
import { Dialog as AriaDialog, Heading } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'

import { useTexts } from '#web/texts/language.tsx'

import { Button } from './button.tsx'
import { TextField } from './text-field.tsx'

type Props = {
  open: boolean
  onClose: () => void
  /** Asks. */
  title: string
  /** Says what and how many, and how it comes back or that it does not. */
  children: ReactNode
  /** The word of the deed, with its size: 「36件を変更する」. */
  deed: string
  onDeed: () => void
  tone?: 'normal' | 'danger'
  busy?: boolean
  blockedBecause?: string | undefined
  /** What leaves without the deed; 「やめる」 unless said otherwise. */
  cancel?: string
  /** A word that must be typed before the deed, for what does not come back. */
  typed?: string
}

/** Only to confirm what cannot be seen or undone in place. Esc leaves; the focus goes back. */
export function ConfirmDialog({ open, onClose, typed, ...props }: Props) {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => {
        if (!next) onClose()
      }}
      className="fixed inset-0 z-40 flex items-center justify-center overflow-y-auto bg-opacity-gray-400 p-4"
    >
      <Modal className="w-full max-w-xl rounded-8 border border-solid-gray-420 bg-white shadow-2">
        <AriaDialog role="alertdialog" className="p-6 outline-none">
          <Inside {...props} onClose={onClose} {...(typed === undefined ? {} : { typed })} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

function Inside({
  onClose,
  title,
  children,
  deed,
  onDeed,
  tone,
  busy,
  typed,
  cancel,
  blockedBecause,
}: Omit<Props, 'open'>) {
  const t = useTexts()
  const [word, setWord] = useState('')
  const missing = typed !== undefined && word.trim() !== typed ? t.ui.typeToConfirm(typed) : undefined
  return (
    <>
      <Heading slot="title" className="text-std-20B-150">
        {title}
      </Heading>
      <div className="mt-2">{children}</div>
      {typed !== undefined && (
        <div className="mt-4">
          <TextField label={t.ui.typeToConfirm(typed)} value={word} onChange={setWord} width="medium" />
        </div>
      )}
      <div className="mt-6 flex flex-wrap items-start justify-between gap-3">
        <Button onPress={onClose}>{cancel ?? t.ui.cancel}</Button>
        <Button
          look="filled"
          onPress={onDeed}
          {...(tone === undefined ? {} : { tone })}
          busy={busy ?? false}
          blockedBecause={blockedBecause ?? missing}
          reason={blockedBecause === undefined ? 'hidden' : 'below'}
        >
          {deed}
        </Button>
      </div>
    </>
  )
}
