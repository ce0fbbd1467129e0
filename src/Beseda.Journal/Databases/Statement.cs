namespace Beseda.Journal;

/// <summary>A prepared statement, bound and stepped. Columns count from 0, parameters from 1.</summary>
public abstract class Statement
{
    public abstract Statement Bind(int parameter, long? value);

    public abstract Statement Bind(int parameter, string? value);

    public abstract Statement Bind(int parameter, byte[]? value);

    /// <summary>A list, for <c>= any($1)</c>.</summary>
    public abstract Statement Bind(int parameter, IEnumerable<long> values);

    /// <inheritdoc cref="Bind(int, IEnumerable{long})"/>
    public abstract Statement Bind(int parameter, IEnumerable<string> values);

    /// <summary>The next row. After the last one the statement is ready to be bound anew.</summary>
    public abstract bool Step();

    /// <summary>Gives up the rows that are left.</summary>
    public abstract void Reset();

    public abstract bool IsNull(int column);

    public abstract long Number(int column);

    public abstract string Text(int column);

    /// <summary>Valid until the next step.</summary>
    public abstract ReadOnlySpan<byte> Bytes(int column);

    /// <summary>Runs a statement that answers no rows.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>At most one row.</summary>
    public T? One<T>(Func<Statement, T> read)
    {
        if (!Step())
            return default;
        try
        {
            return read(this);
        }
        finally
        {
            // Also when it could not be read: a statement left open refuses to be bound again.
            Reset();
        }
    }

    public IEnumerable<T> All<T>(Func<Statement, T> read)
    {
        try
        {
            while (Step())
                yield return read(this);
        }
        finally
        {
            Reset();
        }
    }

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public byte[] Blob(int column) => Bytes(column).ToArray();

    public byte[]? BlobOrNull(int column) => IsNull(column) ? null : Blob(column);
}
