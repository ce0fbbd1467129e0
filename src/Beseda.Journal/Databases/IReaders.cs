namespace Beseda.Journal;

/// <summary>Reads beside the writing, each in one snapshot.</summary>
public interface IReaders : IDisposable
{
    Task<T> ReadAsync<T>(Func<Session, T> read);
}
