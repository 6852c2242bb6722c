import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

import { hashBytes } from './tiles.ts'

// C2SP signed-note and tlog-checkpoint: origin, size and root as text, a blank line, and a line a signature.

export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Buffer }
/** `name` is that of the key, `key` private. */
export type Signer = { readonly name: string; readonly key: KeyObject }
/** What a signature is checked against: the 32 bytes of an Ed25519 key. */
export type Verifier = { readonly name: string; readonly type: KeyType; readonly publicKey: Buffer }
export type Signature = {
  readonly name: string
  readonly keyId: string
  readonly signature: Buffer
  readonly line: string
}
export type Note = { readonly checkpoint: Checkpoint; readonly body: string; readonly signatures: readonly Signature[] }

/** Signature types of C2SP signed-note: of a log, and of a witness (tlog-cosignature). */
export const keyTypes = { ed25519: 0x01, cosignature: 0x04 } as const
export type KeyType = (typeof keyTypes)[keyof typeof keyTypes]

/** The header that makes 32 bytes an Ed25519 key for Node (RFC 8410). */
const spki = Buffer.from('302a300506032b6570032100', 'hex')
const keyOf = (publicKey: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([spki, publicKey]), format: 'der', type: 'spki' })
/** The 32 bytes of the public half. */
export const rawKey = (key: KeyObject): Buffer =>
  (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' }).subarray(-32)

/** First four bytes of SHA-256(name, line feed, type, key), hex. */
export const keyIdOf = ({ name, type, publicKey }: Verifier): string =>
  createHash('sha256').update(name).update(Buffer.of(0x0a, type)).update(publicKey).digest('hex').slice(0, 8)

export const verifierOf = ({ name, key }: Signer): Verifier => ({
  name,
  type: keyTypes.ed25519,
  publicKey: rawKey(key),
})

/** A verifier key as others write it: name+id+base64(type, key). */
export const verifierKey = (of: Verifier): string =>
  `${of.name}+${keyIdOf(of)}+${Buffer.concat([Buffer.of(of.type), of.publicKey]).toString('base64')}`

/** @returns nothing when it is not a verifier key of a type that is known here, or its id is not that of its key */
export function parseVerifierKey(text: string): Verifier | undefined {
  const [, name = '', id = '', key = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? []
  const bytes = Buffer.from(key, 'base64')
  const type = Object.values(keyTypes).find((one) => one === bytes[0])
  if (type === undefined || bytes.length !== 33) return undefined
  const verifier = { name, type, publicKey: bytes.subarray(1) }
  return keyIdOf(verifier) === id ? verifier : undefined
}

export const bodyOf = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${root.toString('base64')}\n`

/** @returns the note: body, blank line, one line a signer */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly Signer[]): string {
  const body = bodyOf(checkpoint)
  return `${body}\n${signers.map((signer) => signatureLine(signer, body)).join('')}`
}

function signatureLine(signer: Signer, body: string): string {
  const id = Buffer.from(keyIdOf(verifierOf(signer)), 'hex')
  return `— ${signer.name} ${Buffer.concat([id, sign(null, Buffer.from(body), signer.key)]).toString('base64')}\n`
}

/** @returns the parts of a note, or nothing when it is not one; signatures are not checked here */
export function parseNote(note: string): Note | undefined {
  const end = note.indexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) return undefined
  const body = note.slice(0, end + 1)
  const [origin = '', size = '', root = ''] = body.split('\n')
  const bytes = Buffer.from(root, 'base64')
  if (origin === '' || !/^(0|[1-9]\d{0,14})$/.test(size)) return undefined
  if (bytes.length !== hashBytes || bytes.toString('base64') !== root) return undefined
  const signatures = parseSignatures(note.slice(end + 2))
  if (!signatures || signatures.length === 0) return undefined
  return { checkpoint: { origin, size: Number(size), root: bytes }, body, signatures }
}

/** Signature lines, each ending with a line feed. */
export function parseSignatures(text: string): Signature[] | undefined {
  const found = text
    .split('\n')
    .slice(0, -1)
    .map((line): Signature | undefined => {
      const [, name, base64 = ''] = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? []
      const bytes = Buffer.from(base64, 'base64')
      if (name === undefined || bytes.length < 5) return undefined
      return { name, keyId: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4), line: `${line}\n` }
    })
  return found.includes(undefined) ? undefined : found.flatMap((one) => one ?? [])
}

const by = (verifier: Verifier, signatures: readonly Signature[]): Signature | undefined => {
  const id = keyIdOf(verifier)
  return signatures.find((one) => one.name === verifier.name && one.keyId === id)
}

/** A note that this key signed; signatures by other keys do not matter. */
export function openNote(note: string, verifier: Verifier): Checkpoint | undefined {
  const parsed = parseNote(note)
  const own = parsed && by(verifier, parsed.signatures)
  if (!parsed || !own) return undefined
  return verify(null, Buffer.from(parsed.body), keyOf(verifier.publicKey), own.signature)
    ? parsed.checkpoint
    : undefined
}

/**
 * C2SP tlog-cosignature (Ed25519): a witness says when it saw the checkpoint of this body.
 * @returns the signature line and the moment, or nothing when the witness did not sign it
 */
export function cosignatureOf(
  witness: Verifier,
  body: string,
  signatures: readonly Signature[],
): { readonly line: string; readonly at: Date } | undefined {
  const own = by(witness, signatures)
  if (!own || own.signature.length !== 72) return undefined
  const time = own.signature.readBigUInt64BE(0)
  const message = Buffer.from(`cosignature/v1\ntime ${time}\n${body}`)
  const signed = verify(null, message, keyOf(witness.publicKey), own.signature.subarray(8))
  // The year 9999: further no clock and no column goes.
  return signed && time <= 253_402_300_799n ? { line: own.line, at: new Date(Number(time) * 1000) } : undefined
}
