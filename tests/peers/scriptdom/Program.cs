// Reads one question a line from the input and writes one answer a line: what Microsoft's T-SQL parser makes of a text.
// {"version":130,"text":"…","parts":true} → {"errors":[…],"batches":[[…]],…}; see Judge.cs. Texts travel as base64 of UTF-16,
// because JSON readers refuse a lone surrogate, and a hostile name may hold one.
using System.Text;
using System.Text.Json;
using ScriptDomPeer;

var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);

// The parser descends as deep as a text is nested; the usual stack ends before the deepest that Mortise's own parser takes.
var worker = new Thread(
    () =>
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
        while (input.ReadLine() is { } line)
        {
            var question = JsonSerializer.Deserialize<Question>(line, options)
                ?? throw new InvalidOperationException("an empty question");
            output.WriteLine(JsonSerializer.Serialize(Judge.Answer(question), options));
            output.Flush();
        }
    },
    256 * 1024 * 1024);
worker.Start();
worker.Join();
