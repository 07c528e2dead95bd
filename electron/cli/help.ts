export const help = `Mortise: commissions, locks down and proves an access-control server.

  mortise status                         the site at a glance
  mortise prepare | remove               Mortise's objects in the site's database
  mortise create-login                   Mortise's own login, with exactly the rights it needs
  mortise commissioning on|off|status    controllers may be added and deleted, or not
  mortise commissioning rehearse         the lock for some minutes, to try the vendor's software against it
  mortise commissioning renew            registers the controllers as they are now
  mortise commissioning adopt            binds the lock to this server, after a move or a restore
  mortise upgrade begin | end            takes the guard down for the vendor's upgrade, and puts it up again
  mortise guard up                       puts the guard up again where it was broken
  mortise rotate LOGIN ... | --all       a new password everywhere, one login after the other
  mortise rotate LOGIN --back            the former password again
  mortise verify [LOGIN ...]             which password is where; changes nothing
  mortise reconcile LOGIN                brings every copy into line with the password that works
  mortise adopt LOGIN                    keeps the password in force, which is asked for and proved by one login
  mortise reset LOGIN --setup-login L    an administrator sets a new one: it is locked out, or nobody knows it
  mortise passwd LOGIN                   changes the password of a login of your own
  mortise try-defaults LOGIN             tries the published defaults, each once, and stops before a lock-out
  mortise consumers find [FOLDER ...]    looks for copies of passwords that the profile does not describe
  mortise kit export FILE | import FILE  every password of the site, sealed with a passphrase, for another account
  mortise secure-mode on|off|status      no other machine reaches SQL Server, or again; "on" puts drift right, too
  mortise secure-mode allow|forbid ADDR  lets one address through, with --until for a time, or no longer
  mortise secure-mode at-start on|off    the machine itself puts the block up when it starts
  mortise secure-mode bind LAYER         where SQL Server itself listens: this-machine, tcp-off, everywhere
  mortise secure-mode ask-probe          what to run on another machine; "take-probe FILE" takes its answer
  mortise probe HOST ...                 what another machine's SQL Server ports show to this one; needs no site
  mortise lockdown                       the guided lockdown; goes on where it was interrupted
  mortise undo                           takes the guided lockdown back
  mortise stop                           ends an unfinished lockdown where it is
  mortise assess [--html FILE]           a first visit: what can be locked, what stands in the way
  mortise discover --host HOST ...       what a server shows that has no profile yet
  mortise profile list | show ID         the library of sites
  mortise profile check FILE             every fault of a profile, with what to write there
  mortise profile new --template T       a profile to begin with: training, net2 or generic
  mortise profile schema                 the JSON Schema of profiles, for editors
  mortise profile import FILE | export ID | remove ID | diff ID ID
                                         keeps a profile as a site, saves a copy, takes it away, compares two
  mortise trail verify                   proves the record of everything that was done

  --yes, -y        apply without asking; the plan is printed first
  --json           one JSON document instead of sentences
  --reason TEXT    why (commissioning, secure-mode off, lockdown)
  --until TIME     commissioning on: locks again by itself then (22:00, or a full time), by the server's clock;
                   secure-mode allow: the address is let through until then
  --wait MINUTES   secure-mode on: waits that long at most until no other machine has a session
  --minutes N      commissioning rehearse: how long (10)
  --engineer NAME  who leads the lockdown
  --login LOGIN    the service login that the lockdown rotates
  --site ID        a real site of the library; the training site when left out
  --profile FILE   a real site by its profile, which only this account may be able to write
  --replace ID     profile import: the site whose profile it becomes
  --state FOLDER   where journals, trail and the training site live
  --port PORT      the port of the training site; of the server with discover
  --setup-login L  an administrator's SQL login for this one command; its password is asked for,
                   piped in as one line, or taken from MORTISE_SETUP_PASSWORD
  --may-change-logins
                   create-login: lets it change other logins and end sessions as well
  --ports LIST     probe: what to try (1433,1434/udp)
  --nonce NONCE    probe: as the site shows it; the answer to carry back is printed then
  --html FILE      assess: the report as one HTML page besides
  --instance NAME, --pipe PIPE, --database NAME, --ca FILE, --pin FILE, --unverified
                   discover: the way to the server, and why its certificate is good enough

Exit codes: 0 done, 1 failed, 2 not understood, 3 refused, 4 somebody else is changing the site,
5 SQL Server not reachable or refuses the login, 6 read and not as it should be.
`;
