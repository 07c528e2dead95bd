# Mortise: the task that puts its block up again when Windows starts. Reads, installs or removes it; no other task.
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

# The task as text, or nothing where there is none.
function Find-Task {
    try {
        Get-ScheduledTask -TaskPath '\Mortise\' -TaskName 'SecureMode' -ErrorAction 'Stop' | Out-Null
    } catch {
        if ([string]$_.FullyQualifiedErrorId -cnotlike 'CmdletizationQuery_NotFound*') { throw }
        return
    }
    Export-ScheduledTask -TaskPath '\Mortise\' -TaskName 'SecureMode' -ErrorAction 'Stop'
}

try {
    $request = $input | ConvertFrom-Json
    if (-not (Test-Text -Value $request.nonce -Pattern '\A[0-9A-Za-z-]{8,64}\z')) { throw 'NonceNotValid' }
    $nonce = $request.nonce
    if (-not (Test-Text -Value $request.order -Pattern '\A(read|install|remove)\z')) { throw 'OrderNotValid' }
    if (-not (Test-Text -Value $request.xml -Pattern '\A[\x0a\x20-\x7e]{0,8000}\z')) { throw 'XmlNotValid' }
    $stage = $request.order
    if ($request.order -ceq 'install') {
        Register-ScheduledTask -TaskPath '\Mortise\' -TaskName 'SecureMode' -ErrorAction 'Stop' -Xml $request.xml -Force | Out-Null
    }
    if (($request.order -ceq 'remove') -and ($null -ne (Find-Task))) {
        Unregister-ScheduledTask -TaskPath '\Mortise\' -TaskName 'SecureMode' -ErrorAction 'Stop' -Confirm:$false
    }
    $stage = 'verify'
    $task = Find-Task
    Send-Answer -Answer @{
        nonce = $nonce
        ok = $true
        value = @{ there = ($null -ne $task); xml = [string]$task }
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
