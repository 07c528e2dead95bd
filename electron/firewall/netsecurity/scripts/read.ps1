# Mortise: asks Windows Firewall what it enforces now, of all its stores together. Changes nothing.
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

function ConvertTo-Plain {
    param($Rule)
    @{
        name = [string]$Rule.Name
        displayName = [string]$Rule.DisplayName
        enabled = [string]$Rule.Enabled
        action = [string]$Rule.Action
        direction = [string]$Rule.Direction
        profile = [string]$Rule.Profile
        status = [string]$Rule.PrimaryStatus
        source = [string]$Rule.PolicyStoreSourceType
    }
}

try {
    $request = $input | ConvertFrom-Json
    if (-not (Test-Text -Value $request.nonce -Pattern '\A[0-9A-Za-z-]{8,64}\z')) { throw 'NonceNotValid' }
    $nonce = $request.nonce

    $stage = 'services'
    $services = @(foreach ($service in (Get-Service -Name 'MpsSvc', 'BFE' -ErrorAction 'Stop')) {
        @{ name = [string]$service.Name; status = [string]$service.Status }
    })

    $stage = 'profiles'
    $profiles = @(foreach ($one in (Get-NetFirewallProfile -PolicyStore 'ActiveStore' -ErrorAction 'Stop')) {
        @{
            name = [string]$one.Name
            enabled = [string]$one.Enabled
            inbound = [string]$one.DefaultInboundAction
            localRules = [string]$one.AllowLocalFirewallRules
            disabledInterfaces = [string[]]@($one.DisabledInterfaceAliases)
        }
    })

    $stage = 'ours'
    $ours = @()
    try {
        $ours = @(foreach ($rule in (Get-NetFirewallRule -PolicyStore 'ActiveStore' -Group 'Mortise' -ErrorAction 'Stop')) {
            ConvertTo-Plain -Rule $rule
        })
    } catch {
        if ([string]$_.FullyQualifiedErrorId -cnotlike 'CmdletizationQuery_NotFound*') { throw }
    }

    # Allow rules that ask for authentication and are evaluated before every block.
    $stage = 'bypass'
    $bypass = @()
    try {
        $filters = @(Get-NetFirewallSecurityFilter -PolicyStore 'ActiveStore' -OverrideBlockRules $true -ErrorAction 'Stop')
        $bypass = @(foreach ($filter in $filters) {
            foreach ($rule in (Get-NetFirewallRule -AssociatedNetFirewallSecurityFilter $filter -ErrorAction 'Stop')) {
                ConvertTo-Plain -Rule $rule
            }
        })
    } catch {
        if ([string]$_.FullyQualifiedErrorId -cnotlike 'CmdletizationQuery_NotFound*') { throw }
    }

    # Windows Server has no such register; that is no failure of the rest.
    $stage = 'products'
    $register = 'present'
    $products = @()
    try {
        $products = @(foreach ($product in (Get-CimInstance -Namespace 'root/SecurityCenter2' -ClassName 'FirewallProduct' -ErrorAction 'Stop')) {
            [string]$product.displayName
        })
    } catch {
        if ([string]$_.FullyQualifiedErrorId -cnotlike 'HRESULT 0x8004100e*') { throw }
        $register = 'absent'
    }

    Send-Answer -Answer @{
        nonce = $nonce
        ok = $true
        value = @{
            services = $services
            profiles = $profiles
            ours = $ours
            bypass = $bypass
            register = $register
            products = [string[]]$products
        }
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
