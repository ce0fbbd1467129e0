using System.Text.Json;
using Beseda.Protocol;

namespace Beseda.Client;

/// <summary>One thing a feed says.</summary>
public abstract record FeedFrame
{
    /// <summary>Reads a frame's <c>event:</c> and <c>data:</c>; null for a signal this version does not know.</summary>
    public static FeedFrame? Read(string kind, string data) => kind switch
    {
        Signals.Typing => new TypingFrame(Parse<TypingSignal>(data)),
        Signals.Queue => new QueueFrame(Parse<QueueSignal>(data)),
        Signals.Availability => new AvailabilityFrame(Parse<AvailabilitySignal>(data)),
        Signals.Ping => new PingFrame(),
        Signals.Reset => new ResetFrame(),
        // Kinds of events have a dot in their names and signals have none: what a newer server adds is told apart by it.
        _ when kind.Contains('.') => new EntryFrame(Parse<Entry>(data)),
        _ => null,
    };

    private static T Parse<T>(string data) =>
        JsonSerializer.Deserialize(data, Reading.Of<T>()) ?? throw new JsonException("A frame without data.");
}

/// <summary>An event of the journal. A kind this version does not know is a bare <see cref="Protocol.Entry"/>.</summary>
public sealed record EntryFrame(Entry Entry) : FeedFrame;

/// <summary>Somebody types. Drop it if that author has written since <see cref="TypingSignal.Head"/>, forget it after six seconds.</summary>
public sealed record TypingFrame(TypingSignal Signal) : FeedFrame;

public sealed record QueueFrame(QueueSignal Signal) : FeedFrame;

public sealed record AvailabilityFrame(AvailabilitySignal Signal) : FeedFrame;

/// <summary>Operators' feeds only: answer with <see cref="OperatorClient.AliveAsync"/>.</summary>
public sealed record PingFrame : FeedFrame;

/// <summary>The feed ends here and cannot be resumed: load your snapshot again and start a new one from it.</summary>
public sealed record ResetFrame : FeedFrame;
