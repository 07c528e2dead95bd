/** What main itself says, in dialogs, menus and on the terminal. Failures have their sentences in shared/errors.ts. */
export const text = {
  product: 'Mortise',
  cancel: 'Cancel',
  notStarted: 'Mortise could not open this site',
  saveTitle: 'Save',
  openTitle: 'Open a site profile',
  profiles: 'Site profiles',
  openKitTitle: 'Open a recovery kit',
  kits: 'Recovery kits',
  openProbeTitle: 'Open the answer of a probe',
  probes: 'Text files',
  allFiles: 'All files',
  handOver: {
    title: (login: string, place: string) => `Enter the new password of ${login} in ${place}`,
    hint: 'The gaps are for your eyes: the password has no blanks. This window is left out of screen sharing, and Mortise keeps the password out of the clipboard; if you copy it, a clipboard history may keep it.',
    done: 'Done',
  },
  close: {
    title: 'An operation is running',
    detail:
      'Mortise stops it at its next safe point and then closes. It can be continued or taken back when Mortise is opened again.',
    keepOpen: 'Keep open',
    stopAndClose: 'Stop and close',
  },
  refused: {
    root: 'Mortise does not run as root. Start it as yourself; it asks for more rights where one step needs them.',
    nativeModule: (name: string) =>
      `The file ${name} of this installation is not the one that was built. Nothing was loaded; install Mortise again.`,
    contradiction:
      '--site, --profile and --training each name a site to open: give one of them. The training site alone has a port.',
    argument: (name: string) => `Mortise does not take the argument ${name}.`,
  },
  menu: {
    file: '&File',
    quit: 'E&xit',
    edit: '&Edit',
    view: '&View',
    larger: 'Larger text',
    smaller: 'Smaller text',
    normal: 'Normal text size',
  },
} as const;
