export const unitName = 'mortise-secure-mode.service';

/** What pulls the unit up: the start of the machine, and every start of the service that Debian loads its own rules with. */
export const wantedBy = ['sysinit.target', 'nftables.service'];

/**
 * After nftables.service, because the first line of Debian's /etc/nftables.conf flushes everything, and again with every
 * restart and reload of it; before there is a network (systemd.special(7), network-pre.target). Stopping the unit does
 * not take the block back.
 */
export const unitText = ({ nft, ruleset }: { readonly nft: string; readonly ruleset: string }) => `[Unit]
Description=Mortise secure mode: SQL Server is blocked for every other machine
DefaultDependencies=no
After=nftables.service
PartOf=nftables.service
ReloadPropagatedFrom=nftables.service
Wants=network-pre.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${nft} -f ${ruleset}
ExecReload=${nft} -f ${ruleset}

[Install]
WantedBy=${wantedBy.join(' ')}
`;
