using System.Data;
using Microsoft.Data.SqlClient;

namespace SqlClientPeer;

public static class TransactionCases
{
    public static IEnumerable<Case> All(Site site)
    {
        yield return new("a transaction that is committed", async () =>
        {
            await using var connection = await site.Open();
            using (var transaction = connection.BeginTransaction(IsolationLevel.Serializable))
            {
                Check.Equal(true, connection.Scalar("SELECT OPEN", transaction), "open inside");
                transaction.Commit();
            }
            Check.Equal(false, connection.Scalar("SELECT OPEN"), "open afterwards");
        });
        yield return new("a transaction that is rolled back by being disposed of", async () =>
        {
            await using var connection = await site.Open();
            using (var transaction = connection.BeginTransaction("outer"))
            {
                Check.Equal(true, connection.Scalar("SELECT OPEN", transaction), "open inside");
            }
            Check.Equal(false, connection.Scalar("SELECT OPEN"), "open afterwards");
        });
        yield return new("a rollback to a savepoint keeps the transaction", async () =>
        {
            await using var connection = await site.Open();
            using var transaction = connection.BeginTransaction();
            transaction.Save("before");
            transaction.Rollback("before");
            Check.Equal(true, connection.Scalar("SELECT OPEN", transaction), "open after the rollback");
            transaction.Commit();
            Check.Equal(false, connection.Scalar("SELECT OPEN"), "open afterwards");
        });
        yield return new("a transaction in T-SQL", async () =>
        {
            await using var connection = await site.Open();
            connection.Run("BEGIN TRAN");
            Check.Equal(true, connection.Scalar("SELECT OPEN"), "open inside");
            connection.Run("COMMIT");
            Check.Equal(false, connection.Scalar("SELECT OPEN"), "open afterwards");
        });
        yield return new("a transaction that the server rolls back", async () =>
        {
            await using var connection = await site.Open();
            using var transaction = connection.BeginTransaction();
            var error = await Check.Fails(() => connection.Command("ABORT", transaction).ExecuteNonQueryAsync());
            Check.Equal(3609, error.Number, "number");
            Check.Equal(true, transaction.Connection is null, "the transaction is over");
            Check.Equal(false, connection.Scalar("SELECT OPEN"), "open afterwards");
        });
        yield return new("a pooled connection is the same session, reset", async () =>
        {
            object? first;
            await using (var connection = await site.Open(pooling: true))
            {
                first = connection.Scalar("SELECT SESSION");
                Check.Equal(0, connection.Scalar("SELECT RESETS"), "resets before");
            }
            await using (var connection = await site.Open(pooling: true))
            {
                Check.Equal(first, connection.Scalar("SELECT SESSION"), "session");
                Check.Equal(1, connection.Scalar("SELECT RESETS"), "resets after");
                Check.Equal(1, connection.Scalar("SELECT RESETS"), "resets after another request");
            }
            SqlConnection.ClearAllPools();
        });
        yield return new("a pooled connection that came back with an open transaction", async () =>
        {
            object? first;
            await using (var connection = await site.Open(pooling: true))
            {
                first = connection.Scalar("SELECT SESSION");
                connection.Run("BEGIN TRAN");
            }
            await using (var connection = await site.Open(pooling: true))
            {
                Check.Equal(false, connection.Scalar("SELECT OPEN"), "open after the reset");
                Check.Equal(first, connection.Scalar("SELECT SESSION"), "session");
                using var transaction = connection.BeginTransaction();
                Check.Equal(true, connection.Scalar("SELECT OPEN", transaction), "open inside");
                transaction.Commit();
            }
            SqlConnection.ClearAllPools();
        });
        yield return new("a prepared statement outlives the reset of its connection", async () =>
        {
            await using var connection = await site.Open(pooling: true);
            using var command = connection.Command("ECHO");
            command.Parameters.Add("@n", SqlDbType.Int).Value = 5;
            command.Prepare();
            Check.Equal(5, (int)(await command.ExecuteScalarAsync())!, "before");
            connection.Close();
            await connection.OpenAsync();
            Check.Equal(5, (int)(await command.ExecuteScalarAsync())!, "after");
            SqlConnection.ClearAllPools();
        });
    }
}
