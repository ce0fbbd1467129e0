using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Beseda.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace Beseda.Server.Tests.Sqlite;

/// <summary>
/// What SQLite means to do with every statement there is in the sources, as it says itself. It knows nothing of how many rows there are, so that
/// an empty database tells as well as a full one.
/// </summary>
public sealed partial class Plan_tests
{
    /// <summary>They have as many rows as a company has had customers, conversations and messages.</summary>
    private static readonly string[] Grows =
        ["conversations", "visitors", "events", "conversation_events", "client_ids", "message_states", "message_externals", "person_visitors", "visitor_contacts", "files"];

    /// <summary>Those that are meant to read all of an account: rebuild, and nothing that somebody waits for.</summary>
    private static readonly string[] ReadsAll = ["Upkeep/RowTexts.cs", "Storage/ConversationRows.cs:All", "Storage/PersonRows.cs:All", "Storage/MessageRows.cs:All"];

    [Fact]
    public async Task No_statement_reads_all_that_an_account_ever_had()
    {
        await using var server = await StartedAsync();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "journal.db")};Mode=ReadOnly;Pooling=false");
        connection.Open();
        var (asked, wrong) = (0, new List<string>());
        foreach (var (place, sql) in Statements())
        {
            foreach (var line in Plan(connection, SqliteStatement.Translate(sql)))
            {
                asked++;
                // The index of what is open holds nothing else; and the last one is found without those before it.
                if (line.Contains("conversations_open", StringComparison.Ordinal) || sql.EndsWith("order by seq desc limit 1", StringComparison.Ordinal))
                    continue;
                if (Whole().Match(line) is { Success: true } whole && Grows.Contains(whole.Groups["table"].Value) && !ReadsAll.Contains(place))
                    wrong.Add($"{place}: {line}\n    {sql}");
            }
        }

        Assert.True(asked > 60, $"{asked} lines of plans");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<Server> StartedAsync() => await Server.StartAsync(["--limits", "off"]);

    private static IEnumerable<string> Plan(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"explain query plan {sql}";
        for (var i = 1; i <= 20; i++)
            command.Parameters.AddWithValue($"?{i}", 1);
        var lines = new List<string>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
            lines.Add(rows.GetString(3));
        return lines;
    }

    /// <summary>Of the server and the journal, but for what only PostgreSQL is asked; with the file, and the method where it matters.</summary>
    private static IEnumerable<(string Place, string Sql)> Statements([CallerFilePath] string here = "")
    {
        var sources = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src"));
        foreach (var project in (string[])["Beseda.Server", "Beseda.Journal"])
            foreach (var file in Directory.EnumerateFiles(Path.Combine(sources, project), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/Postgres/", StringComparison.Ordinal)))
            {
                var text = File.ReadAllText(file);
                var name = Path.GetRelativePath(Path.Combine(sources, project), file);
                foreach (Match match in Statement().Matches(text))
                    if (match.Groups["sql"].Value.Trim() is var sql && sql.StartsWith("select", StringComparison.Ordinal))
                        yield return (name is "Upkeep/RowTexts.cs" ? name : InAll(text, match.Index) ? $"{name}:All" : name, sql);
            }
    }

    private static bool InAll(string text, int index) => Method().Matches(text[..index]).LastOrDefault()?.Groups["name"].Value == "All";

    [GeneratedRegex("session\\[(?:\"\"\"(?<sql>.*?)\"\"\"|\"(?<sql>[^\"]*)\")\\]", RegexOptions.Singleline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"static [\w<>(), .?\[\]]+ (?<name>\w+)(<\w+>)?\(")]
    private static partial Regex Method();

    /// <summary>A search that knows nothing but the account, or not even that.</summary>
    [GeneratedRegex(@"^(SCAN (?<table>\w+)( |$)|SEARCH (?<table>\w+) USING .*\(account=\?\))")]
    private static partial Regex Whole();
}
