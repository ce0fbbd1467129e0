using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Tables;

/// <summary>The rows as they lie in the database. There is one account.</summary>
internal static class Table
{
    public static async Task<long> HeadAsync(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select max(seq) from events";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public static Task<List<TableEvent>> EventsAsync(DbConnection connection) =>
        ReadAsync(connection, "select seq, kind, conversation, visitor, at, body, words from events order by account, seq", row =>
            Event(row, row.GetInt32(1), JsonElement.Parse(Text(row, 5)!)));

    public static Task<List<TableConversation>> ConversationsAsync(DbConnection connection) =>
        ReadAsync(connection, "select id, visitor, open, state from conversations order by account, id", row =>
        {
            var state = JsonElement.Parse(Text(row, 3)!);
            return new TableConversation(
                row.GetInt64(0), row.GetInt64(1), Convert.ToBoolean(row.GetValue(2), CultureInfo.InvariantCulture),
                state.GetProperty("stage").GetString()!, TableEvent.Number(state, "operator"));
        });

    private static TableEvent Event(DbDataReader row, int kind, JsonElement body) => new(
        row.GetInt64(0), kind, Number(row, 2), Number(row, 3), row.GetInt64(4), body,
        kind == TableEvent.Message && Text(row, 6) is { } words ? JsonElement.Parse(words).GetProperty("text").GetString() : null);

    private static async Task<List<T>> ReadAsync<T>(DbConnection connection, string sql, Func<DbDataReader, T> read)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<T>();
        while (await rows.ReadAsync())
            all.Add(read(rows));
        return all;
    }

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    /// <summary>JSON lies there as bytes.</summary>
    private static string? Text(DbDataReader row, int column) => row.GetValue(column) switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        string text => text,
        _ => null,
    };
}
