// Runs cases against a TDS server with Microsoft.Data.SqlClient and prints one line a case: "ok NAME" or "FAIL NAME: why".
// A fault of the wire makes the client wait for ever, so each case has a limit; what a late case still does is ignored.
using SqlClientPeer;

static Site SiteAt(string variable)
{
    var port = Environment.GetEnvironmentVariable(variable)
        ?? throw new InvalidOperationException($"{variable} names a server's port");
    return new Site(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture));
}

var site = SiteAt("MORTISE_TDS_PORT");
var plain = SiteAt("MORTISE_TDS_PLAIN_PORT");
var limit = TimeSpan.FromSeconds(10);
var failed = false;

var cases = LoginCases.All(site, plain).Concat(ValueCases.All(site)).Concat(RequestCases.All(site)).Concat(TransactionCases.All(site));
foreach (var (name, run) in cases)
{
    string? why;
    try
    {
        var work = Task.Run(run);
        why = await Task.WhenAny(work, Task.Delay(limit)) == work ? null : $"no answer within {limit.TotalSeconds} s";
        if (why is null)
        {
            await work;
        }
    }
    catch (Exception error)
    {
        why = $"{error.GetType().Name}: {error.Message}".ReplaceLineEndings(" | ");
    }
    failed |= why is not null;
    Console.WriteLine(why is null ? $"ok {name}" : $"FAIL {name}: {why}");
}

// Clients that still wait in a case that ran out of time must not keep the program alive.
Environment.Exit(failed ? 1 : 0);
