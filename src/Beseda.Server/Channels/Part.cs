using System.Collections.Immutable;
using Beseda.Domain.Channels;
using Beseda.Domain.Files;

namespace Beseda.Server.Channels;

/// <summary>What one call to a platform sends: a message is one or several.</summary>
/// <param name="To">The visitor, as the channel names them.</param>
/// <param name="Key">The same for the same part of the same message, whenever it is tried; unlike any other's.</param>
internal sealed record Part(string To, string Text, int Key)
{
    public ImmutableArray<Button> Buttons { get; init; } = [];
    /// <summary>What the visitor can press all the time while the conversation runs: to be shown where a message's buttons replace those before.</summary>
    public ImmutableArray<Button> Standing { get; init; } = [];
    /// <summary>Null: only text.</summary>
    public Attachment? File { get; init; }
    /// <summary>Further ones, of a letter.</summary>
    public ImmutableArray<Attachment> More { get; init; } = [];
    /// <summary>What a letter continues; null: it begins something.</summary>
    public Thread? Thread { get; init; }
    /// <summary>What the channel calls the message that this answers.</summary>
    public string? ReplyTo { get; init; }
    /// <summary>Names the part to us, for platforms that say back what they were sent.</summary>
    public required string Mark { get; init; }
    /// <summary>No person wrote it.</summary>
    public bool Automatic { get; init; }
}

/// <param name="Message">What the channel calls the visitor's message that is answered.</param>
/// <param name="Subject">What that was about.</param>
internal sealed record Thread(string Message, string? Subject);

/// <param name="Url">Where anybody who has it can fetch it; null: Beseda has no public address.</param>
/// <param name="Open">Its bytes.</param>
internal sealed record Attachment(MessageFile File, string Name, Uri? Url, Func<Task<Stream>> Open)
{
    /// <summary>Where the same picture is a JPEG of at most a megabyte; null: it is no picture that can be drawn, or there is no public address.</summary>
    public Uri? Photo { get; init; }

    public bool IsPicture => File.ContentType is "image/jpeg" or "image/png" or "image/gif" or "image/webp";
}
