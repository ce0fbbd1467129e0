using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Beseda.Domain.Channels;

namespace Beseda.Server.Channels.Messenger;

/// <summary>Understands what an app is told of its pages.</summary>
internal static class MessengerUpdates
{
    public const string GetStarted = "GET_STARTED";

    /// <summary>Before the mark of what Beseda itself sends.</summary>
    public const string Ours = "beseda:";

    /// <summary>One item for each event, as it stands in the batch.</summary>
    /// <param name="page">Others of the same app have channels of their own.</param>
    public static IReadOnlyList<Item> Split(byte[] batch, string page)
    {
        try
        {
            using var parsed = JsonDocument.Parse(Mending.Of(batch));
            return [.. GraphJson.List(parsed.RootElement, "entry")
                .Where(entry => page.Length == 0 || GraphJson.Text(entry, "id") == page)
                // What another app answers comes as standby, and is not for this one.
                .SelectMany(entry => GraphJson.List(entry, "messaging"))
                .Select(told => Encoding.UTF8.GetBytes(told.GetRawText())).Select(raw => new Item(Key(raw), raw, Of(raw)))];
        }
        catch (JsonException)
        {
            return [new Item(Signature.Digest(batch), batch, new Update.Unknown("no JSON"))];
        }
    }

    public static Update Of(ReadOnlyMemory<byte> raw)
    {
        try
        {
            using var parsed = JsonDocument.Parse(Mending.Of(raw.ToArray()));
            return Update.Understand(() => Of(parsed.RootElement));
        }
        catch (JsonException)
        {
            return new Update.Unknown("no JSON");
        }
    }

    private static string Key(byte[] raw)
    {
        using var parsed = JsonDocument.Parse(raw);
        var told = parsed.RootElement;
        return (GraphJson.Find(told, "message") ?? GraphJson.Find(told, "postback")) is { } said && GraphJson.Text(said, "mid") is { Length: > 0 } mid
            ? mid
            : Signature.Digest(raw);
    }

    private static Update Of(JsonElement told)
    {
        if (GraphJson.Find(told, "message") is { } message && GraphJson.Find(message, "is_echo") is { ValueKind: JsonValueKind.True })
            return GraphJson.Id(told, "recipient") is { } to ? Echo(to, message) : new Update.Unknown("an echo to nobody");
        if (GraphJson.Id(told, "sender") is not { } from)
            return new Update.Unknown("of nobody");
        if (GraphJson.Find(told, "message") is { } said)
            return Said(from, said);
        if (GraphJson.Find(told, "postback") is { } press)
            return Pressed(from, press, GraphJson.Number(told, "timestamp"));
        if (GraphJson.Find(told, "message_edit") is { } edit)
            return GraphJson.Text(edit, "mid") is { } mid ? new Update.Edited(from, mid, GraphJson.Text(edit, "text") ?? "") : new Update.Unknown("message_edit");
        if (GraphJson.Find(told, "delivery") is { } delivery)
            return Delivered(from, delivery);
        if (GraphJson.Find(told, "read") is { } read)
            return new Update.ConfirmedUntil(from, Until(read), Seen: true);
        // By a link to a chat that is open already.
        if (Referral(told) is { } referral)
            return new Update.Opened(from) { Referral = referral };
        // A reaction says nothing, nor does a link without a word.
        return GraphJson.Find(told, "reaction") is not null || GraphJson.Find(told, "referral") is not null
            ? new Update.Nothing()
            : new Update.Unknown(told.EnumerateObject().Select(one => one.Name).FirstOrDefault(name => name is not ("sender" or "recipient" or "timestamp")) ?? "nothing");
    }

    private static Update Echo(string to, JsonElement message)
    {
        if (GraphJson.Text(message, "mid") is not { } mid)
            return new Update.Unknown("an echo without mid");
        if (GraphJson.Text(message, "metadata") is { } metadata && metadata.StartsWith(Ours, StringComparison.Ordinal))
            return new Update.Echoed(to, mid, metadata[Ours.Length..]);
        return new Update.Mirrored(to, mid, MessengerAttachments.Text(message)) { Files = MessengerAttachments.Files(message) };
    }

    private static Update Said(string from, JsonElement message)
    {
        if (GraphJson.Text(message, "mid") is not { } mid)
            return new Update.Unknown("a message without mid");
        if (GraphJson.Find(message, "quick_reply") is { } reply && GraphJson.Text(reply, "payload") is { } payload && Button.Meaning(payload) is not null)
            return new Update.Pressed(from, mid, payload, GraphJson.Text(message, "text") ?? payload);
        return new Update.Wrote(from, mid, MessengerAttachments.Text(message))
        {
            Files = MessengerAttachments.Files(message),
            ReplyTo = GraphJson.Find(message, "reply_to") is { } answered ? GraphJson.Text(answered, "mid") : null,
        };
    }

    private static Update Pressed(string from, JsonElement press, long at)
    {
        var payload = GraphJson.Text(press, "payload") ?? "";
        var id = GraphJson.Text(press, "mid") ?? $"{at}";
        if (payload == GetStarted)
            return new Update.Started(from, id) { Referral = Referral(press) };
        return new Update.Pressed(from, id, payload, GraphJson.Text(press, "title") ?? payload);
    }

    private static string? Referral(JsonElement told) => GraphJson.Find(told, "referral") is { } referral ? GraphJson.Text(referral, "ref") : null;

    private static Update Delivered(string from, JsonElement delivery)
    {
        ImmutableArray<string> mids = [.. GraphJson.List(delivery, "mids").Where(mid => mid.ValueKind == JsonValueKind.String).Select(mid => mid.GetString()!)];
        return mids.IsEmpty ? new Update.ConfirmedUntil(from, Until(delivery), Seen: false) : new Update.Confirmed(from, mids, Seen: false);
    }

    private static DateTimeOffset Until(JsonElement receipt) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(GraphJson.Number(receipt, "watermark"), 0, 253_402_300_799_000));
}
