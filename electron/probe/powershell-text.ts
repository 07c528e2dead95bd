import { packetsOf, packetType, preloginQuestion } from '#electron/database/connect/prelogin.ts';
import { everyInstanceQuestion } from '#electron/database/connect/browser.ts';
import type { BlockedPort } from '#shared/secure-mode.ts';
import { canonicalAddress } from '#electron/machine/canonical-address.ts';
import { answerFormat, firstLine, lastLine } from './answer-block.ts';
import { isNonce } from './nonce.ts';
import { usualPatience } from './probe-host.ts';

export interface PowershellProbe {
  readonly addresses: readonly string[];
  readonly ports: readonly BlockedPort[];
  readonly nonce: string;
}

/**
 * The probe as a text to paste into Windows PowerShell 5.1 on a machine that has nothing else. It prints the same answer as
 * `mortise probe`. It needs FullLanguage, as a client machine has it; in ConstrainedLanguage it says so and stops.
 *
 * One function without an empty line or a tab in it, which a console takes as one command, and its call. What it is made of is letters,
 * digits, dots, colons and dashes alone: anything else is a defect of the caller and throws.
 */
export function powershellText({ addresses, ports, nonce }: PowershellProbe): string {
  if (!isNonce(nonce)) throw new TypeError('This is no nonce.');
  const portsOf = (protocol: BlockedPort['protocol']) =>
    list(ports.filter((each) => each.protocol === protocol).map(({ port }) => portNumber(port)));
  return script({
    addresses: list(addresses.map((address) => `'${plainAddress(address)}'`)),
    tcp: portsOf('tcp'),
    udp: portsOf('udp'),
    nonce: `'${nonce}'`,
    greeting: list(packetsOf(packetType.prelogin, preloginQuestion())),
    question: list(everyInstanceQuestion),
  });
}

const list = (items: Iterable<string | number>) => `@(${[...items].join(',')})`;

function plainAddress(text: string): string {
  const address = canonicalAddress(text);
  if (address === undefined || !/^[0-9a-f.:]+$/.test(address)) throw new TypeError('This is no address.');
  return address;
}

function portNumber(port: number): number {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new TypeError('This is no port.');
  return port;
}

type Blank = 'addresses' | 'tcp' | 'udp' | 'nonce' | 'greeting' | 'question';

const script = ({
  addresses,
  tcp,
  udp,
  nonce,
  greeting,
  question,
}: Readonly<Record<Blank, string>>) => `function Test-AccessServer {
  # Tries the ports of an access-control server from this PC, and prints what came back.
  # Sends no password and changes nothing, neither here nor there.
  $ErrorActionPreference = 'Stop'
  if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    'PowerShell is restricted on this PC (its language mode is not FullLanguage), so nothing was tried.'
    'Take another PC, or one that has Mortise.'
    return
  }
  $nonce = ${nonce}
  $addresses = ${addresses}
  $tcp = ${tcp}
  $udp = ${udp}
  $silence = ${usualPatience.silence}
  $word = ${usualPatience.word}
  $greeting = [byte[]]${greeting}
  $question = [byte[]]${question}
  function Get-SeenByError {
    param($Record, $Reset)
    $base = $Record.Exception.GetBaseException()
    if ($base -isnot [System.Net.Sockets.SocketException]) { return 'untried:error' }
    switch ([string]$base.SocketErrorCode) {
      'ConnectionRefused' { 'refused' }
      'ConnectionReset' { $Reset }
      'TimedOut' { 'filtered' }
      'NetworkUnreachable' { 'untried:no-route' }
      'NetworkDown' { 'untried:no-route' }
      'AddressNotAvailable' { 'untried:no-route' }
      'AddressFamilyNotSupported' { 'untried:no-route' }
      'HostUnreachable' { 'untried:unreachable' }
      'HostDown' { 'untried:unreachable' }
      'AccessDenied' { 'untried:forbidden' }
      default { 'untried:error' }
    }
  }
  function Get-SeenByGreeting {
    param($Client)
    try {
      $clock = [System.Diagnostics.Stopwatch]::StartNew()
      $stream = $Client.GetStream()
      $stream.ReadTimeout = $word
      $stream.WriteTimeout = $word
      $stream.Write($greeting, 0, $greeting.Length)
      $bytes = New-Object -TypeName 'byte[]' -ArgumentList 4096
      $count = 0
      $wanted = 8
      while ($count -lt $wanted) {
        $more = $stream.Read($bytes, $count, $wanted - $count)
        if ($more -lt 1 -or $bytes[0] -ne 4 -or $clock.ElapsedMilliseconds -gt $word) { return 'open' }
        $count += $more
        if ($count -eq 8) { $wanted = [Math]::Min(4096, $bytes[2] * 256 + $bytes[3]) }
      }
      for ($at = 8; $at + 4 -lt $count -and $bytes[$at] -ne 255; $at += 5) {
        $offset = 8 + $bytes[$at + 1] * 256 + $bytes[$at + 2]
        $length = $bytes[$at + 3] * 256 + $bytes[$at + 4]
        if ($bytes[$at] -eq 0 -and $length -ge 4 -and $offset + $length -le $count) {
          $build = $bytes[$offset + 2] * 256 + $bytes[$offset + 3]
          return 'answered:{0}.{1}.{2}' -f $bytes[$offset], $bytes[$offset + 1], $build
        }
      }
      'open'
    } catch { 'open' }
  }
  function Get-SeenByQuestion {
    param($Address, $Port)
    $client = $null
    try {
      $client = New-Object -TypeName System.Net.Sockets.UdpClient -ArgumentList $Address.AddressFamily
      $client.Client.ReceiveTimeout = [int]($silence / 3)
      $client.Connect($Address, $Port)
      $remote = New-Object -TypeName System.Net.IPEndPoint -ArgumentList $Address, 0
      foreach ($time in 1..3) {
        [void]$client.Send($question, $question.Length)
        try { $bytes = $client.Receive([ref]$remote) } catch {
          $seen = Get-SeenByError -Record $_ -Reset 'refused'
          if ($seen -eq 'filtered') { continue }
          return $seen
        }
        $length = $bytes.Length - 3
        if ($length -ge 0 -and $bytes[0] -eq 5 -and $bytes[2] * 256 + $bytes[1] -eq $length) { return 'answered' }
        return 'open'
      }
      'filtered'
    } catch { Get-SeenByError -Record $_ -Reset 'refused' } finally { if ($null -ne $client) { $client.Close() } }
  }
  'Trying {0} ports. This takes some seconds for each address.' -f ($tcp.Count + $udp.Count)
  $at = [DateTime]::UtcNow.ToString('s') + 'Z'
  $saw = @(foreach ($address in $addresses) {
    $ip = [System.Net.IPAddress]::Parse($address)
    $tries = @(foreach ($port in $tcp) {
      $one = @{ Port = $port; Client = $null; Pending = $null; Seen = $null }
      try {
        $one.Client = New-Object -TypeName System.Net.Sockets.TcpClient -ArgumentList $ip.AddressFamily
        $one.Pending = $one.Client.BeginConnect($ip, $port, $null, $null)
      } catch { $one.Seen = Get-SeenByError -Record $_ -Reset 'open' }
      $one
    })
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $words = @(foreach ($one in $tries) {
      if ($null -eq $one.Seen) {
        $left = [int][Math]::Max(0, $silence - $clock.ElapsedMilliseconds)
        if ($one.Pending.AsyncWaitHandle.WaitOne($left)) {
          try {
            $one.Client.EndConnect($one.Pending)
            $one.Seen = Get-SeenByGreeting -Client $one.Client
          } catch { $one.Seen = Get-SeenByError -Record $_ -Reset 'open' }
        } else { $one.Seen = 'filtered' }
      }
      if ($null -ne $one.Client) { $one.Client.Close() }
      '{0}/tcp={1}' -f $one.Port, $one.Seen
    })
    $words += @(foreach ($port in $udp) { '{0}/udp={1}' -f $port, (Get-SeenByQuestion -Address $ip -Port $port) })
    '"' + $address + '":"' + ($words -join ',') + '"'
  })
  $own = @(foreach ($card in [System.Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()) {
    if ([string]$card.OperationalStatus -eq 'Up') {
      foreach ($each in $card.GetIPProperties().UnicastAddresses) {
        $text = $each.Address.ToString().Split('%')[0]
        $local = [System.Net.IPAddress]::IsLoopback($each.Address) -or $each.Address.IsIPv6LinkLocal
        if (-not $local -and -not $text.StartsWith('169.254.')) { '"' + $text + '"' }
      }
    }
  })
  $name = [Environment]::MachineName -creplace '[^A-Za-z0-9._-]', '_'
  $body = '{"mortise":"probe","format":${answerFormat},"nonce":"' + $nonce + '","from":{"name":"' + $name
  $body += '","addresses":[' + ($own -join ',') + ']},"at":"' + $at + '","saw":{' + ($saw -join ',') + '}'
  [long]$sum = 7
  foreach ($letter in $body.ToCharArray()) { $sum = ($sum * 257 + [int]$letter) % 2147483647 }
  'Carry this back, from the first line to the last:'
  '${firstLine}'
  $body + ',"sum":' + $sum + '}'
  '${lastLine}'
}

Test-AccessServer
`;
