// Reads {"path","kind","place"} a line and answers one line: what .NET's own readers find there, as base64 of UTF-16.
// A connection string is read by two readers, which have to agree; a login that is not acs_service is a fault.
using System.Data.Common;
using System.Text;
using System.Text.Json;
using System.Xml;
using Microsoft.Data.SqlClient;

using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
while (input.ReadLine() is { } line)
{
    Console.WriteLine(Answer(JsonSerializer.Deserialize<Question>(line, JsonSerializerOptions.Web)!));
}

static string Answer(Question question)
{
    try
    {
        var value = question.Kind == "json" ? FromJson(question) : question.Kind == "xml" ? FromXml(question) : FromUdl(question);
        return "ok " + Convert.ToBase64String(Encoding.Unicode.GetBytes(question.IsString ? Password(value) : value));
    }
    catch (Exception error)
    {
        return "fault " + error.GetType().Name;
    }
}

static string FromXml(Question question)
{
    var document = new XmlDocument { PreserveWhitespace = true };
    document.Load(question.Path);
    return document.SelectSingleNode(question.Place)!.Value!;
}

static string FromJson(Question question)
{
    var text = File.ReadAllText(question.Path);
    var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    using var document = JsonDocument.Parse(text, options);
    var at = document.RootElement;
    foreach (var key in question.Place.Split('/', StringSplitOptions.RemoveEmptyEntries)) at = at.GetProperty(key);
    return at.GetString()!;
}

static string FromUdl(Question question) =>
    File.ReadAllLines(question.Path, Encoding.Unicode).Single(line => line.Contains("User ID="));

// OLE DB names a provider, which ADO.NET's own builder for SQL Server does not know.
static string Password(string text)
{
    var general = new DbConnectionStringBuilder { ConnectionString = text };
    if (!Equals(general["User ID"], "acs_service") || !Equals(general["Encrypt"], "true")) throw new InvalidDataException();
    var password = (string)general["Password"];
    general.Remove("Provider");
    var strict = general.Count == 5
        ? new SqlConnectionStringBuilder(text.StartsWith("Provider=", StringComparison.Ordinal) ? text[(text.IndexOf(';') + 1)..] : text)
        : throw new InvalidDataException();
    return strict.Password == password && strict.UserID == "acs_service" ? password : throw new InvalidDataException();
}

internal sealed record Question(string Path, string Kind, string Place, bool IsString);
