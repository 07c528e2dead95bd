using Microsoft.Data.SqlClient;

namespace SqlClientPeer;

public static class LoginCases
{
    public static IEnumerable<Case> All(Site site, Site plain)
    {
        yield return new("login with TLS around everything", async () =>
        {
            await using var connection = await site.Open();
            Check.Equal("Acs", connection.Database, "database");
            Check.Equal("16.00.4165", connection.ServerVersion, "version");
            Check.Equal(42, connection.Scalar("SELECT 42"), "answer");
        });
        yield return new("login with TLS around the login only", async () =>
        {
            await using var connection = await site.Open(encrypt: false);
            Check.Equal(42, connection.Scalar("SELECT 42"), "answer");
            Check.Equal(42, connection.Scalar("SELECT 42"), "second answer");
        });
        yield return new("login without TLS where the server has none", async () =>
        {
            await using var connection = await plain.Open(encrypt: false);
            Check.Equal(42, connection.Scalar("SELECT 42"), "answer");
            using var transaction = connection.BeginTransaction();
            Check.Equal(true, connection.Scalar("SELECT OPEN", transaction), "a transaction");
            transaction.Rollback();
            Check.Equal(false, connection.Scalar("SELECT OPEN"), "a transaction afterwards");
        });
        yield return new("no login without TLS where it was asked for", async () =>
        {
            await Check.Fails(() => plain.Open());
        });
        yield return new("login refused for a certificate that is not trusted", async () =>
        {
            using var connection = new SqlConnection(site.ConnectionString(trust: false));
            await Check.Fails(connection.OpenAsync);
        });
        yield return new("login refused for a wrong password", async () =>
        {
            using var connection = new SqlConnection(site.ConnectionString(password: "wrong"));
            var error = await Check.Fails(connection.OpenAsync);
            Check.Equal(18456, error.Number, "number");
            Check.Equal((byte)14, error.Class, "severity");
        });
        yield return new("change of database", async () =>
        {
            await using var connection = await site.Open();
            connection.ChangeDatabase("tempdb");
            Check.Equal("tempdb", connection.Database, "database");
        });
    }
}
