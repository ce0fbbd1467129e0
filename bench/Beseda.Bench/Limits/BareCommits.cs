using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Beseda.Bench.Limits;

/// <summary>
/// What SQLite does where there is no product: one loop that puts events and their client ids into the journal's tables,
/// so many to a transaction, every commit flushed to the disk.
/// </summary>
internal sealed class BareCommits : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly byte[] _body = Encoding.UTF8.GetBytes(new string('b', 90));
    private readonly byte[] _words = Encoding.UTF8.GetBytes(new string('w', 160));
    private long _seq;

    public BareCommits(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=false");
        _connection.Open();
        Run("pragma journal_mode = wal");
        Run("pragma synchronous = full");
        Run("""
            create table events (account integer, seq integer, conversation integer, visitor integer, kind integer,
              at integer, body blob, words blob, primary key (account, seq)) without rowid;
            create index conversation on events (account, conversation, seq);
            create table client_ids (account integer, person integer, client_id text, seq integer,
              primary key (account, person, client_id)) without rowid;
            """);
    }

    /// <summary>Events per second.</summary>
    public double Measure(int batch, TimeSpan time)
    {
        using var events = Command("insert into events values (1, $seq, $c, $v, 20, $at, $body, $words)", "$seq", "$c", "$v", "$at");
        events.Parameters.AddWithValue("$body", _body);
        events.Parameters.AddWithValue("$words", _words);
        using var ids = Command("insert into client_ids values (1, $v, $id, $seq)", "$v", "$id", "$seq");
        var (first, start) = (_seq, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(start) < time)
            Commit(batch, events.Parameters, ids.Parameters);
        return (_seq - first) / Stopwatch.GetElapsedTime(start).TotalSeconds;

        void Commit(int count, SqliteParameterCollection e, SqliteParameterCollection i)
        {
            using var transaction = _connection.BeginTransaction();
            (events.Transaction, ids.Transaction) = (transaction, transaction);
            for (var n = 0; n < count; n++)
            {
                var visitor = ++_seq % 64;
                (e[0].Value, e[1].Value, e[2].Value, e[3].Value) = (_seq, visitor + 1, visitor, _seq * 1000);
                (i[0].Value, i[1].Value, i[2].Value) = (visitor, Guid.NewGuid().ToString(), _seq);
                events.ExecuteNonQuery();
                ids.ExecuteNonQuery();
            }
            transaction.Commit();
        }
    }

    public void Dispose() => _connection.Dispose();

    private SqliteCommand Command(string text, params string[] names)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var name in names)
            command.Parameters.Add(new SqliteParameter(name, null));
        return command;
    }

    private void Run(string text)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
