/** Every changing call by its full name, `area.call`. The contract demands an entry for each, and for nothing else. */
export const changeNames = [
  'site.prepare',
  'site.remove',
  'commissioning.off',
  'commissioning.on',
  'rotation.rotate',
  'rotation.restore',
  'secureMode.on',
  'secureMode.off',
  'lockdown.run',
  'lockdown.resume',
  'lockdown.undo',
  'lockdown.stop',
  'training.fault',
] as const;

export type ChangeName = (typeof changeNames)[number];
