/** systemd is the machine's first process exactly where this folder is (sd_booted(3)). */
const onlySystemd = `[ -d /run/systemd/system ] || { echo 'this machine does not run systemd' >&2; exit 3; }
`;

/**
 * Everything at once, because each elevated command may ask for a password. Both files are written beside their places
 * first; where systemd does not take the unit, a new one is gone again and an older one is back.
 * Arguments: systemctl, the unit's path, its text, the ruleset's path, its text, and whether to start it too.
 */
export const installSteps = `set -eu
umask 022
${onlySystemd}systemctl=$1 unit=$2 ruleset=$4 begin=$6 name=\${2##*/}
back() {
  trap - EXIT
  rm -f "$unit.new" "$ruleset.new"
  for each in "$unit" "$ruleset"; do
    if [ -e "$each.old" ]; then mv -f "$each.old" "$each"; else rm -f "$each"; fi
  done
  if [ ! -e "$unit" ]; then "$systemctl" --no-ask-password disable "$name" || :; fi
  "$systemctl" --no-ask-password daemon-reload || :
  exit 1
}
mkdir -p "\${ruleset%/*}"
for each in "$unit" "$ruleset"; do if [ -e "$each" ]; then cp -p "$each" "$each.old"; else rm -f "$each.old"; fi; done
trap back EXIT
printf %s "$5" > "$ruleset.new"
printf %s "$3" > "$unit.new"
sync "$ruleset.new" "$unit.new"
mv -f "$ruleset.new" "$ruleset"
mv -f "$unit.new" "$unit"
"$systemctl" --no-ask-password daemon-reload
"$systemctl" --no-ask-password enable "$name"
if [ "$begin" = yes ]; then "$systemctl" --no-ask-password restart "$name"; fi
trap - EXIT
rm -f "$unit.old" "$ruleset.old"
`;

/** Arguments: systemctl, the unit's path, the ruleset's path. What is in force stays. */
export const removeSteps = `set -eu
systemctl=$1 unit=$2 ruleset=$3 name=\${2##*/}
if [ -e "$unit" ]; then
  "$systemctl" --no-ask-password disable "$name"
  "$systemctl" --no-ask-password stop "$name"
fi
rm -f "$unit" "$ruleset"
rmdir "\${ruleset%/*}" 2>/dev/null || :
"$systemctl" --no-ask-password daemon-reload
"$systemctl" --no-ask-password reset-failed "$name" 2>/dev/null || :
`;
