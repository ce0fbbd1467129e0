namespace Beseda.Journal;

/// <summary>The database refused something.</summary>
public abstract class DatabaseException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What was to be written is at fault, not the database: the same again fails again.</summary>
    public abstract bool IsAboutData { get; }
}

/// <summary>So much waits to be read already that it is better to come again later.</summary>
public sealed class OverloadedException() : DatabaseException("Too many reads wait already.")
{
    public override bool IsAboutData => false;
}
