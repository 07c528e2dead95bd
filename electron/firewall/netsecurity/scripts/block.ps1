# Mortise: adds the rules of one version of its block to Windows Firewall. Where they stand as wanted, nothing is done.
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

function Test-List {
    param($Value, [string]$Pattern)
    if ($Value -isnot [array]) { return $false }
    foreach ($one in $Value) {
        if (-not (Test-Text -Value $one -Pattern $Pattern)) { return $false }
    }
    $true
}

function Find-Rule {
    param([string]$Name)
    try {
        Get-NetFirewallRule -PolicyStore 'PersistentStore' -Name $Name -ErrorAction 'Stop'
    } catch {
        if ([string]$_.FullyQualifiedErrorId -cnotlike 'CmdletizationQuery_NotFound*') { throw }
    }
}

function Test-Rule {
    param($Found)
    ([string]$Found.Enabled -ceq 'True') -and ([string]$Found.Action -ceq 'Block') -and
    ([string]$Found.Direction -ceq 'Inbound') -and ([string]$Found.Profile -ceq 'Any')
}

$added = @()
try {
    $request = $input | ConvertFrom-Json
    if (-not (Test-Text -Value $request.nonce -Pattern '\A[0-9A-Za-z-]{8,64}\z')) { throw 'NonceNotValid' }
    $nonce = $request.nonce
    if ($request.rules -isnot [array]) { throw 'RulesNotValid' }
    foreach ($rule in $request.rules) {
        $valid = (Test-Text -Value $rule.name -Pattern '\AMortise-SecureMode-[0-9a-z]{1,32}-(TCP|UDP|PROGRAM)\z') -and
            (Test-Text -Value $rule.displayName -Pattern '\A[\x20-\x7b\x7d\x7e]{1,255}\z') -and
            (Test-Text -Value $rule.description -Pattern '\A[\x20-\x7b\x7d\x7e]{1,8000}\z') -and
            (Test-Text -Value $rule.protocol -Pattern '\A(TCP|UDP|Any)\z') -and
            (Test-Text -Value $rule.program -Pattern '\A([A-Za-z]:\\[^|"<>*?/\x00-\x1f]{1,250})?\z') -and
            (Test-List -Value $rule.ports -Pattern '\A[0-9]{1,5}(-[0-9]{1,5})?\z') -and
            (Test-List -Value $rule.remote -Pattern '\A[0-9a-f.:]{2,45}-[0-9a-f.:]{2,45}\z')
        if (-not $valid) { throw 'RuleNotValid' }
    }
    $stage = 'add'
    foreach ($rule in $request.rules) {
        $found = Find-Rule -Name $rule.name
        if ($null -ne $found) {
            if (Test-Rule -Found $found) { continue }
            Remove-NetFirewallRule -PolicyStore 'PersistentStore' -Name $rule.name -ErrorAction 'Stop'
        }
        $wanted = @{
            PolicyStore = 'PersistentStore'
            Name = $rule.name
            DisplayName = $rule.displayName
            Description = $rule.description
            Group = 'Mortise'
            Enabled = 'True'
            Profile = 'Any'
            Direction = 'Inbound'
            Action = 'Block'
            Protocol = $rule.protocol
        }
        if ($rule.ports.Count -gt 0) { $wanted['LocalPort'] = [string[]]$rule.ports }
        if ($rule.remote.Count -gt 0) { $wanted['RemoteAddress'] = [string[]]$rule.remote }
        if ($rule.program -cne '') { $wanted['Program'] = $rule.program }
        $added += $rule.name
        New-NetFirewallRule @wanted -ErrorAction 'Stop' | Out-Null
    }
    $stage = 'verify'
    foreach ($rule in $request.rules) {
        $found = Find-Rule -Name $rule.name
        if (($null -eq $found) -or -not (Test-Rule -Found $found)) { throw 'RuleNotThere' }
    }
    Send-Answer -Answer @{ nonce = $nonce; ok = $true; value = @{ added = [string[]]$added } }
} catch {
    $id = [string]$_.FullyQualifiedErrorId
    # What this call added is taken away again; an older version still stands.
    $left = @()
    foreach ($name in $added) {
        try {
            if ($null -ne (Find-Rule -Name $name)) { Remove-NetFirewallRule -PolicyStore 'PersistentStore' -Name $name -ErrorAction 'Stop' }
        } catch {
            $left += $name
        }
    }
    Send-Answer -Answer @{ nonce = $nonce; ok = $false; stage = $stage; id = $id; left = [string[]]$left }
}
