namespace Beseda.Journal.Sqlite;

/// <summary>Reads are short: a long one keeps the write-ahead log from being folded back.</summary>
internal sealed class SqliteReaders(SqliteFile file) : Readers<SqliteSession>(2, file.OpenReader)
{
    protected override T Read<T>(SqliteSession session, Func<Session, T> read)
    {
        session["begin"].Run();
        try
        {
            return read(session);
        }
        finally
        {
            session["commit"].Run();
        }
    }
}
