/** Every changing call by its full name, `area.call`. The contract demands an entry for each, and for nothing else. */
export const changeNames = [
  'site.prepare',
  'site.remove',
  'site.createRunLogin',
  'site.beginUpgrade',
  'site.restoreGuard',
  'commissioning.off',
  'commissioning.on',
  'commissioning.rehearse',
  'commissioning.renewRegister',
  'commissioning.adoptServer',
  'rotation.rotate',
  'rotation.restore',
  'secureMode.on',
  'secureMode.off',
  'lockdown.run',
  'lockdown.resume',
  'lockdown.undo',
  'lockdown.stop',
  'sites.save',
  'sites.remove',
  'training.fault',
] as const;

export type ChangeName = (typeof changeNames)[number];
