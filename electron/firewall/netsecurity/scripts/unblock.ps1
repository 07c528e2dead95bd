# Mortise: removes the rules of its block from Windows Firewall, but those of the version to keep; no other rule.
# Reads one line of JSON from its input, and writes one line that begins with MORTISE-ANSWER. Windows PowerShell 5.1.
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$nonce = ''
$stage = 'request'

function Send-Answer {
    param([hashtable]$Answer)
    $json = ConvertTo-Json -InputObject $Answer -Depth 6 -Compress
    $ascii = foreach ($part in ($json -csplit '([^\x20-\x7e])')) {
        if ([string]$part -cmatch '\A[^\x20-\x7e]\z') { '\u{0:x4}' -f [int][char]$part } else { $part }
    }
    Write-Output -InputObject ('MORTISE-ANSWER ' + ($ascii -join ''))
}

function Test-Text {
    param($Value, [string]$Pattern)
    ($Value -is [string]) -and ([string]$Value -cmatch $Pattern)
}

# Both the group and the name are ours; a rule that somebody else put into our group is left alone.
function Get-Older {
    param([string]$Keep)
    try {
        $group = @(Get-NetFirewallRule -PolicyStore 'PersistentStore' -Group 'Mortise' -ErrorAction 'Stop')
    } catch {
        if ([string]$_.FullyQualifiedErrorId -cnotlike 'CmdletizationQuery_NotFound*') { throw }
        $group = @()
    }
    foreach ($rule in $group) {
        $name = [string]$rule.Name
        if ($name -cnotlike 'Mortise-SecureMode-*') { continue }
        if (($Keep -cne '') -and ($name -clike ('Mortise-SecureMode-' + $Keep + '-*'))) { continue }
        $name
    }
}

try {
    $request = $input | ConvertFrom-Json
    if (-not (Test-Text -Value $request.nonce -Pattern '\A[0-9A-Za-z-]{8,64}\z')) { throw 'NonceNotValid' }
    $nonce = $request.nonce
    if (-not (Test-Text -Value $request.keep -Pattern '\A[0-9a-z]{0,32}\z')) { throw 'KeepNotValid' }
    $stage = 'remove'
    $older = @(Get-Older -Keep $request.keep)
    foreach ($name in $older) {
        Remove-NetFirewallRule -PolicyStore 'PersistentStore' -Name $name -ErrorAction 'Stop'
    }
    $stage = 'verify'
    $left = @(Get-Older -Keep $request.keep)
    Send-Answer -Answer @{
        nonce = $nonce
        ok = $true
        value = @{ removed = [string[]]$older; left = [string[]]$left }
    }
} catch {
    Send-Answer -Answer @{
        nonce = $nonce
        ok = $false
        stage = $stage
        id = [string]$_.FullyQualifiedErrorId
        left = [string[]]@()
    }
}
