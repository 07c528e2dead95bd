using System.Data;
using Microsoft.Data.SqlClient;

namespace SqlClientPeer;

public static class RequestCases
{
    public static IEnumerable<Case> All(Site site)
    {
        yield return new("several result sets and rows affected", async () =>
        {
            await using var connection = await site.Open();
            using var command = connection.Command("TWO SETS");
            using (var reader = await command.ExecuteReaderAsync())
            {
                Check.Equal(true, reader.Read(), "a row of the first");
                Check.Equal(1, reader.GetInt32(0), "value of the first");
                Check.Equal(true, reader.NextResult(), "a second set");
                Check.Equal(true, reader.Read(), "a row of the second");
                Check.Equal("two", reader.GetString(0), "value of the second");
                Check.Equal(false, reader.NextResult(), "a third set");
                reader.Close();
                Check.Equal(3, reader.RecordsAffected, "rows affected");
            }
            Check.Equal(3, connection.Run("TWO SETS"), "rows affected without reading");
        });
        yield return new("an error with all it carries", async () =>
        {
            await using var connection = await site.Open();
            var error = await Check.Fails(() => connection.Command("FAIL").ExecuteNonQueryAsync());
            Check.Equal(51003, error.Number, "number");
            Check.Equal((byte)16, error.Class, "severity");
            Check.Equal((byte)7, error.State, "state");
            Check.Equal("mortise.guard", error.Procedure, "procedure");
            Check.Equal(42, error.LineNumber, "line");
            Check.Equal("The register is locked.", error.Message, "text");
            Check.Equal(ConnectionState.Open, connection.State, "connection");
            Check.Equal(42, connection.Scalar("SELECT 42"), "answer afterwards");
        });
        yield return new("messages", async () =>
        {
            await using var connection = await site.Open();
            var notes = new List<string>();
            connection.InfoMessage += (_, info) => notes.Add(info.Message);
            connection.Run("NOTE");
            Check.Equal("a note", string.Join(", ", notes), "notes");
        });
        yield return new("thousands of rows", async () =>
        {
            await using var connection = await site.Open();
            using var reader = await connection.Command("SELECT MANY").ExecuteReaderAsync();
            var count = 0;
            while (await reader.ReadAsync())
            {
                Check.Equal(count, reader.GetInt32(0), "number");
                Check.Equal($"row {count}", reader.GetString(1), "text");
                count++;
            }
            Check.Equal(20_000, count, "rows");
        });
        yield return new("a reader that is closed before its end", async () =>
        {
            await using var connection = await site.Open();
            using (var reader = await connection.Command("SELECT MANY").ExecuteReaderAsync())
            {
                Check.Equal(true, reader.Read(), "a row");
            }
            Check.Equal(42, connection.Scalar("SELECT 42"), "answer afterwards");
        });
        yield return new("a cancelled command", async () =>
        {
            await using var connection = await site.Open();
            using var command = connection.Command("WAIT");
            var waiting = Task.Run(() => command.ExecuteNonQuery());
            await Task.Delay(300);
            command.Cancel();
            await Check.Fails(() => waiting);
            Check.Equal(42, connection.Scalar("SELECT 42"), "answer afterwards");
        });
        yield return new("a command that runs out of time", async () =>
        {
            await using var connection = await site.Open();
            using var command = connection.Command("WAIT");
            command.CommandTimeout = 1;
            var error = await Check.Fails(() => Task.Run(() => command.ExecuteNonQuery()));
            Check.Equal(-2, error.Number, "number");
            Check.Equal(42, connection.Scalar("SELECT 42"), "answer afterwards");
        });
        yield return new("a prepared statement", async () =>
        {
            await using var connection = await site.Open();
            using (var command = connection.Command("ECHO"))
            {
                command.Parameters.Add("@n", SqlDbType.Int);
                command.Parameters.Add("@t", SqlDbType.NVarChar, 20);
                command.Prepare();
                foreach (var number in new[] { 1, 2, 3 })
                {
                    command.Parameters[0].Value = number;
                    command.Parameters[1].Value = $"door {number}";
                    Check.Equal(number, (int)(await command.ExecuteScalarAsync())!, "answer");
                }
            }
            Check.Equal(42, connection.Scalar("SELECT 42"), "answer afterwards");
        });
        yield return new("a procedure with a result, outputs and a return value", async () =>
        {
            await using var connection = await site.Open();
            using var command = connection.Command("mortise.count");
            command.CommandType = CommandType.StoredProcedure;
            command.Parameters.Add("@site", SqlDbType.Int).Value = 7;
            var total = command.Parameters.Add("@total", SqlDbType.Int);
            total.Direction = ParameterDirection.Output;
            var label = command.Parameters.Add("@label", SqlDbType.NVarChar, 20);
            label.Direction = ParameterDirection.Output;
            var status = command.Parameters.Add("@status", SqlDbType.Int);
            status.Direction = ParameterDirection.ReturnValue;
            Check.Equal(7, (int)(await command.ExecuteScalarAsync())!, "result");
            Check.Equal(24, (int)total.Value, "number");
            Check.Equal("Türen", (string)label.Value, "text");
            Check.Equal(3, (int)status.Value, "return value");
        });
        yield return new("a connection that the server cuts", async () =>
        {
            await using var connection = await site.Open();
            // Not the asynchronous call: that one throws before the client has noted that the connection is gone.
            var error = await Check.Fails(() => Task.Run(() => connection.Command("CUT").ExecuteNonQuery()));
            Check.Equal((byte)20, error.Class, "severity");
            Check.Equal(ConnectionState.Closed, connection.State, "connection");
        });
        yield return new("a session that is killed", async () =>
        {
            await using var connection = await site.Open();
            var error = await Check.Fails(() => connection.Command("KILLED").ExecuteNonQueryAsync());
            Check.Equal(596, error.Number, "number");
            Check.Equal(ConnectionState.Closed, connection.State, "connection");
        });
    }
}
