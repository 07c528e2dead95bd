using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace ScriptDomPeer;

/// <summary>Version is the parser's, 130 for SQL Server 2016 up to 150 for 2019. Parts asks for what the text consists of.</summary>
public sealed record Question(int Version, string Text, bool Parts);

/// <summary>A statement of a batch: the type of its node, and which characters of the text are its own.</summary>
public sealed record Spanned(string Type, int Start, int Length);

public sealed record Literal(string Value, bool National);

/// <summary>
/// Shape is a digest of the kinds of all tokens but blanks and of the types of all nodes: it stays the same as long as only
/// names and values differ. Options are those of statements about logins.
/// </summary>
public sealed record Answer(
    IReadOnlyList<string> Errors,
    IReadOnlyList<IReadOnlyList<Spanned>> Batches,
    IReadOnlyList<string> Comments,
    string Shape,
    IReadOnlyList<string> Identifiers,
    IReadOnlyList<Literal> Literals,
    IReadOnlyList<string> Options);

public static class Judge
{
    private static readonly TSqlParser Oldest = new TSql130Parser(initialQuotedIdentifiers: true);
    private static readonly TSqlParser Between = new TSql140Parser(initialQuotedIdentifiers: true);
    private static readonly TSqlParser Newest = new TSql150Parser(initialQuotedIdentifiers: true);

    public static Answer Answer(Question question)
    {
        using var text = new StringReader(new string(MemoryMarshal.Cast<byte, char>(Convert.FromBase64String(question.Text))));
        var tree = ParserOf(question.Version).Parse(text, out var faults);
        var errors = faults.Select(fault => $"{fault.Number} line {fault.Line}, column {fault.Column}: {fault.Message}").ToList();
        if (errors.Count > 0 || tree is not TSqlScript script)
        {
            return new(errors, [], [], "", [], [], []);
        }
        var batches = script.Batches.Select(
            batch => batch.Statements.Select(
                statement => new Spanned(statement.GetType().Name, statement.StartOffset, statement.FragmentLength)).ToList()).ToList();
        if (!question.Parts)
        {
            return new([], batches, [], "", [], [], []);
        }
        var parts = new Parts();
        script.Accept(parts);
        return new([], batches, [.. Comments(script).Select(Carried)], Shape(script, parts), parts.Identifiers, parts.Literals, parts.Options);
    }

    /// <summary>Base64 of UTF-16, as the other side reads it. (Encoding.Unicode would replace a lone surrogate.)</summary>
    public static string Carried(string text) => Convert.ToBase64String(MemoryMarshal.AsBytes(text.AsSpan()));

    private static TSqlParser ParserOf(int version) => version switch
    {
        130 => Oldest,
        140 => Between,
        150 => Newest,
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "130, 140 or 150"),
    };

    private static IEnumerable<string> Comments(TSqlScript script) =>
        script.ScriptTokenStream
            .Where(token => token.TokenType is TSqlTokenType.SingleLineComment or TSqlTokenType.MultilineComment)
            .Select(token => token.Text);

    private static string Shape(TSqlScript script, Parts parts)
    {
        var kinds = script.ScriptTokenStream
            .Where(token => token.TokenType != TSqlTokenType.WhiteSpace)
            .Select(token => token.TokenType.ToString());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(' ', kinds.Concat(parts.Types)))));
    }
}
