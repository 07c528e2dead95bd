/** The training site's menu: practise the bad day. */
export const practice = {
  title: 'Practise the bad day',
  what: 'Switch a fault on, then do what you would do at a customer’s site, and see how Mortise gets you out. Only the simulated site is affected.',
  leave: 'Back to the tabs',
  list: 'Faults that can be practised',
  on: 'On',
  off: 'Off',
  switchOn: 'Switch on',
  switchOff: 'Switch off',
  switchOnFault: (title: string) => `Switch on: ${title}`,
  switchOffFault: (title: string) => `Switch off: ${title}`,
  loading: 'Reading the list of faults …',
  none: 'There is no fault to practise here.',
} as const;
