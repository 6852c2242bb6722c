import type { Device } from '#access/sessions/device-words.ts'

import type { account as source } from '../ja/account.ts'

type Fault = { readonly what: string; readonly todo: string }

const again = 'Please sign in again.'
const askOffice = 'Please tell the administrator of Tenbin what this page says.'
const claimed = (claim: string) => (claim === '' ? 'what the identity provider says of you' : `the claim "${claim}"`)

/** Why a sign-in through a provider did not succeed. */
const faults: Readonly<Record<string, (claim: string) => Fault>> = {
  'state-unknown': () => ({ what: 'This sign-in was not begun here.', todo: again }),
  'state-used': () => ({ what: 'This sign-in is already done.', todo: again }),
  'state-late': () => ({ what: 'The sign-in took too long.', todo: again }),
  'other-browser': () => ({
    what: 'The sign-in was begun in another browser.',
    todo: 'Sign in from the start in this browser.',
  }),
  'other-provider': () => ({ what: 'You came back from another identity provider than the one chosen.', todo: again }),
  'provider-refused': () => ({
    what: 'The identity provider did not let you in.',
    todo: 'If you stopped half-way, sign in again. If it goes on, ask the help desk of the identity provider.',
  }),
  'provider-away': () => ({
    what: 'The identity provider does not answer.',
    todo: 'Wait a little, then sign in again.',
  }),
  clock: () => ({
    what: 'The clocks of this server and of the identity provider differ, so the sign-in cannot be accepted.',
    todo: 'Please tell the administrator of Tenbin to check the clock of the server.',
  }),
  'person-unknown': () => ({
    what: 'You are not entered in Tenbin yet.',
    todo: 'Ask the administrator of your organisation to enter you.',
  }),
  'person-disabled': () => ({
    what: 'Your entry in Tenbin is disabled.',
    todo: 'Ask the administrator of your organisation.',
  }),
  'identity-taken': () => ({
    what: 'Somebody else has signed in with the same user name before.',
    todo: askOffice,
  }),
  'organisation-unknown': (claim) => ({
    what: `The organisation given by ${claimed(claim)} is not in Tenbin.`,
    todo: askOffice,
  }),
  'organisation-outside': (claim) => ({
    what: `This identity provider does not answer for the organisation given by ${claimed(claim)}.`,
    todo: askOffice,
  }),
  'role-unknown': (claim) => ({ what: `Tenbin does not know a role given by ${claimed(claim)}.`, todo: askOffice }),
  'role-none': (claim) => ({ what: `There is no role of Tenbin in ${claimed(claim)}.`, todo: askOffice }),
  'role-ended': () => ({
    what: 'You were signed out because your role ended or your entry was disabled.',
    todo: 'If you hold another role, sign in again.',
  }),
  'role-not-held': () => ({
    what: 'You hold no role today.',
    todo: 'Ask the administrator of your organisation to enter your role.',
  }),
  'claim-missing': (claim) => ({ what: `Not given: ${claimed(claim)}.`, todo: askOffice }),
  'claim-form': (claim) => ({ what: `Of another form than expected: ${claimed(claim)}.`, todo: askOffice }),
}

const browsers: Record<Device['browser'], string> = {
  edge: 'Edge',
  chrome: 'Chrome',
  firefox: 'Firefox',
  safari: 'Safari',
  other: 'Unknown browser',
}
const systems: Record<Device['system'], string> = {
  windows: 'Windows',
  macos: 'macOS',
  ios: 'iPhone or iPad',
  android: 'Android',
  linux: 'Linux',
  chromeos: 'ChromeOS',
  other: 'an unknown device',
}

export const account: typeof source = {
  faultTitle: 'You are not signed in',
  fault: (code, claim) =>
    (Object.hasOwn(faults, code) ? faults[code] : undefined)?.(claim) ?? {
      what: 'What the identity provider answered could not be verified.',
      todo: 'Nothing was stored. Sign in again; if it goes on, tell the administrator of Tenbin.',
    },
  by: (provider) => `Sign in with ${provider}`,
  away: 'It does not answer now. You may try.',
  lead: 'Choose the identity provider of your organisation.',
  localTitle: 'Try it as a fictional official',
  title: 'Account',
  who: 'You',
  name: 'Name',
  post: 'Post',
  organisation: 'Organisation',
  actsAs: 'Acting as',
  roles: 'Roles you hold',
  role: 'Role',
  forOrganisation: 'For the organisation',
  deputyOf: (name) => `deputy of ${name}`,
  until: 'Until',
  noEnd: 'no end',
  now: 'Current role',
  change: 'Switch',
  use: (role) => `Switch to ${role}`,
  sessions: 'Where you are signed in',
  sessionsLead: 'If you do not recognise a device, sign it out.',
  device: 'Device',
  deviceOf: ({ browser, system }) => `${browsers[browser]} on ${systems[system]}`,
  here: 'This device',
  signedIn: 'Signed in',
  lastSeen: 'Last active',
  end: 'Sign out',
  endOne: (device, at) => `Sign out ${device}, signed in ${at}`,
  ended: (device) => `${device} is signed out.`,
  everywhere: 'Sign out everywhere',
  everywhereTitle: (n) => (n === '1' ? 'Sign out on this device?' : `Sign out on ${n} devices?`),
  everywhereText: 'This device included. What is not saved is lost.',
}
