using Npgsql;

namespace Beseda.Journal.Postgres;

/// <summary>Each reads on a connection of its own.</summary>
internal sealed class PostgresReaders(NpgsqlDataSource server) : Readers<PostgresSession>(4, () => new PostgresSession(server, Seconds))
{
    private const int Seconds = 5;

    /// <summary>A connection that was lost while nobody used it is noticed by its next reader, who should not be told of it.</summary>
    private const int Tries = 3;

    protected override T Read<T>(PostgresSession session, Func<Session, T> read)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return InSnapshot(session, read);
            }
            catch (PostgresException lost) when (lost.IsAboutConnection && tries < Tries)
            {
                session.Drop();
                Thread.Sleep(50 * tries);
            }
            catch (Exception)
            {
                session.Drop();
                throw;
            }
        }
    }

    private static T InSnapshot<T>(PostgresSession session, Func<Session, T> read)
    {
        session["begin isolation level repeatable read read only"].Run();
        var result = read(session);
        session["commit"].Run();
        session.Flush();
        return result;
    }
}
