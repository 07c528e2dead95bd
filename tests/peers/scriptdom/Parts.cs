using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace ScriptDomPeer;

/// <summary>What a text consists of, in the order in which the tree is walked.</summary>
public sealed class Parts : TSqlFragmentVisitor
{
    public List<string> Types { get; } = [];

    public List<string> Identifiers { get; } = [];

    public List<Literal> Literals { get; } = [];

    public List<string> Options { get; } = [];

    public override void Visit(TSqlFragment node) => Types.Add(node.GetType().Name);

    public override void Visit(Identifier node) => Identifiers.Add(Judge.Carried(node.Value));

    public override void Visit(StringLiteral node) => Literals.Add(new(Judge.Carried(node.Value), node.IsNational));

    public override void Visit(PrincipalOption node) => Options.Add(node.OptionKind.ToString());

    public override void Visit(PasswordAlterPrincipalOption node)
    {
        if (node.OldPassword is not null)
        {
            Options.Add("OldPassword");
        }
        if (node.MustChange)
        {
            Options.Add("MustChange");
        }
        if (node.Unlock)
        {
            Options.Add("Unlock");
        }
        if (node.Hashed)
        {
            Options.Add("Hashed");
        }
    }

    public override void Visit(PasswordCreateLoginSource node)
    {
        Options.Add("Password");
        if (node.MustChange)
        {
            Options.Add("MustChange");
        }
        if (node.Hashed)
        {
            Options.Add("Hashed");
        }
    }
}
