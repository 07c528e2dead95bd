using Microsoft.Data.SqlClient;

namespace SqlClientPeer;

/// <summary>A case's name and what it does; it fails by throwing.</summary>
public readonly record struct Case(string Name, Func<Task> Run);

/// <summary>The server under test and the two ways to reach it.</summary>
public sealed class Site(int port)
{
    public string ConnectionString(bool encrypt = true, bool trust = true, string password = "Correct-Horse-1", bool pooling = false) =>
        new SqlConnectionStringBuilder
        {
            DataSource = $"tcp:127.0.0.1,{port}",
            InitialCatalog = "Acs",
            UserID = "engineer",
            Password = password,
            Encrypt = encrypt,
            TrustServerCertificate = trust,
            Pooling = pooling,
            MaxPoolSize = 1,
            ConnectTimeout = 8,
            ConnectRetryCount = 0,
            ApplicationName = "sqlclient peer",
        }.ConnectionString;

    public async Task<SqlConnection> Open(bool encrypt = true, bool pooling = false)
    {
        var connection = new SqlConnection(ConnectionString(encrypt, pooling: pooling));
        await connection.OpenAsync();
        return connection;
    }
}

public static class Check
{
    public static void Equal<T>(T expected, T actual, string what)
    {
        var same = expected is byte[] left && actual is byte[] right ? left.SequenceEqual(right) : Equals(expected, actual);
        if (!same)
        {
            throw new InvalidOperationException($"{what}: expected {expected}, was {actual}");
        }
    }

    public static async Task<SqlException> Fails(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (SqlException error)
        {
            return error;
        }
        throw new InvalidOperationException("an SqlException was expected and none came");
    }
}

public static class Commands
{
    public static SqlCommand Command(this SqlConnection connection, string text, SqlTransaction? transaction = null) =>
        new(text, connection, transaction) { CommandTimeout = 8 };

    public static object? Scalar(this SqlConnection connection, string text, SqlTransaction? transaction = null)
    {
        using var command = connection.Command(text, transaction);
        return command.ExecuteScalar();
    }

    public static int Run(this SqlConnection connection, string text, SqlTransaction? transaction = null)
    {
        using var command = connection.Command(text, transaction);
        return command.ExecuteNonQuery();
    }
}
