using Beseda.Journal;

namespace Beseda.Server.Channels;

/// <summary>A platform did not do what it was asked.</summary>
/// <param name="code">As the platform names it: never what people wrote.</param>
/// <param name="after">It asks not to be called before.</param>
internal sealed class PlatformException(PlatformFault fault, string code, TimeSpan? after = null, Exception? cause = null)
    : Exception($"{fault}: {code}", cause)
{
    public PlatformFault Fault => fault;

    public string Code => code;

    public TimeSpan? After => after;

    /// <summary>A call to a platform ended with this, for whatever reason: an answer of another shape is the platform's fault too.</summary>
    public static bool Covers(Exception failure) => failure is not (OutOfMemoryException or DatabaseException);

    /// <summary>What a failed call means where the platform said nothing itself.</summary>
    public static PlatformException Of(Exception failure) => failure switch
    {
        PlatformException known => known,
        // Nothing was sent as long as there was no connection.
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } away =>
            new PlatformException(PlatformFault.Later, $"{away.HttpRequestError}", cause: failure),
        OperationCanceledException => new PlatformException(PlatformFault.Uncertain, "no answer in time", cause: failure),
        HttpRequestException broken => new PlatformException(PlatformFault.Uncertain, $"{broken.HttpRequestError}", cause: failure),
        IOException => new PlatformException(PlatformFault.Uncertain, "the connection broke", cause: failure),
        // An answer that cannot be read came after it was done, maybe.
        _ => new PlatformException(PlatformFault.Uncertain, failure.GetType().Name, cause: failure),
    };
}

/// <summary>What to do about it.</summary>
internal enum PlatformFault
{
    /// <summary>The same again, after a while.</summary>
    Later,
    /// <summary>It may have been done all the same.</summary>
    Uncertain,
    /// <summary>The same again fails again.</summary>
    Refused,
    /// <summary>The visitor does not want it, or is gone.</summary>
    Blocked,
    /// <summary>It is too long since the visitor last wrote.</summary>
    TooLate,
    /// <summary>The channel itself: its token, its rights.</summary>
    Account,
}
