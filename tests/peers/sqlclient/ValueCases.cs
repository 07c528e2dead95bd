using System.Data;
using Microsoft.Data.SqlClient;

namespace SqlClientPeer;

public static class ValueCases
{
    private static readonly DateTime Moment = new(2026, 11, 21, 13, 14, 15, 678);
    private static readonly Guid Key = Guid.Parse("6F9619FF-8B86-D011-B42D-00C04FC964FF");

    /// <summary>One value of each type, in the order of the server's columns.</summary>
    private static readonly object[] Expected =
    [
        true, (byte)200, (short)-5, -100_000, -9_007_199_254_740_993L, 0.25f, 1e-300, new DateTime(2026, 11, 21, 13, 14, 15, 677),
        new DateTime(2026, 11, 21), Moment, new TimeSpan(0, 13, 14, 15, 678), new DateTimeOffset(Moment, TimeSpan.Zero),
        Key, -1234.500m, "ab    ", "Größe €", new string('x', 9000), "✓   ", "Größe \U0001F511", new string('✓', 100_000),
        new byte[] { 1, 2, 0, 0 }, new byte[] { 0xde, 0xad }, Enumerable.Repeat((byte)7, 50_000).ToArray(),
    ];

    public static IEnumerable<Case> All(Site site)
    {
        foreach (var set in new[] { "NULLABLE", "NOT NULL" })
        {
            yield return new($"values of every type in columns that are {set}", async () =>
            {
                await using var connection = await site.Open();
                using var command = connection.Command($"SELECT TYPES {set}");
                using var reader = await command.ExecuteReaderAsync();
                Check.Equal(true, await reader.ReadAsync(), "a row");
                Check.Equal(Expected.Length, reader.FieldCount, "columns");
                for (var index = 0; index < Expected.Length; index++)
                {
                    Check.Equal(Expected[index], reader.GetValue(index), $"column {index} ({reader.GetDataTypeName(index)})");
                }
                Check.Equal(false, await reader.ReadAsync(), "a second row");
            });
        }
        yield return new("NULL in columns of every type", async () =>
        {
            await using var connection = await site.Open();
            using var command = connection.Command("SELECT NULLS");
            using var reader = await command.ExecuteReaderAsync();
            Check.Equal(true, await reader.ReadAsync(), "a row");
            for (var index = 0; index < reader.FieldCount; index++)
            {
                Check.Equal(true, reader.IsDBNull(index), $"column {index} is NULL");
            }
        });
        yield return new("the schema of a result", async () =>
        {
            await using var connection = await site.Open();
            using var command = connection.Command("SELECT TYPES NULLABLE");
            using var reader = await command.ExecuteReaderAsync();
            var schema = reader.GetSchemaTable()!;
            Check.Equal(typeof(bool), schema.Rows[0]["DataType"], "type of the first column");
            Check.Equal(30, schema.Rows[18]["ColumnSize"], "size of nvarchar(30)");
            Check.Equal(true, schema.Rows[0]["AllowDBNull"], "nullable");
        });
        foreach (var empty in new[] { false, true })
        {
            yield return new(empty ? "NULL in parameters of every type" : "values of every type in parameters", async () =>
            {
                await using var connection = await site.Open();
                using var command = connection.Command("ECHO");
                var types = new (SqlDbType Type, int Size)[]
                {
                    (SqlDbType.Bit, 0), (SqlDbType.TinyInt, 0), (SqlDbType.SmallInt, 0), (SqlDbType.Int, 0), (SqlDbType.BigInt, 0),
                    (SqlDbType.Real, 0), (SqlDbType.Float, 0), (SqlDbType.DateTime, 0), (SqlDbType.Date, 0), (SqlDbType.DateTime2, 0),
                    (SqlDbType.Time, 0), (SqlDbType.DateTimeOffset, 0), (SqlDbType.UniqueIdentifier, 0), (SqlDbType.Decimal, 0),
                    (SqlDbType.Char, 6), (SqlDbType.VarChar, 30), (SqlDbType.VarChar, -1), (SqlDbType.NChar, 4),
                    (SqlDbType.NVarChar, 30), (SqlDbType.NVarChar, -1), (SqlDbType.Binary, 4), (SqlDbType.VarBinary, 8),
                    (SqlDbType.VarBinary, -1),
                };
                for (var index = 0; index < types.Length; index++)
                {
                    var parameter = command.Parameters.Add($"@p{index}", types[index].Type, types[index].Size);
                    parameter.Value = empty ? DBNull.Value : Expected[index];
                }
                using var reader = await command.ExecuteReaderAsync();
                Check.Equal(true, await reader.ReadAsync(), "a row");
                for (var index = 0; index < types.Length; index++)
                {
                    Check.Equal(empty ? DBNull.Value : Expected[index], reader.GetValue(index), $"parameter {index} ({types[index].Type})");
                }
            });
        }
        yield return new("a parameter of a type that the server does not take", async () =>
        {
            await using var connection = await site.Open();
            using var command = connection.Command("ECHO");
            command.Parameters.Add("@m", SqlDbType.Money).Value = 1.5m;
            var error = await Check.Fails(() => command.ExecuteNonQueryAsync());
            Check.Equal(50001, error.Number, "number");
            Check.Equal(42, connection.Scalar("SELECT 42"), "answer afterwards");
        });
    }
}
