using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Beseda.Server.Doors;

namespace Beseda.Server.Feeds;

/// <summary>Server-sent events, as <c>text/event-stream</c> bytes (WHATWG HTML, section 9.2).</summary>
internal static class EventStream
{
    /// <summary>An event of the journal; its name is the entry's kind.</summary>
    public static byte[] Frame(long seq, Wire.Entry entry)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entry, WireJson.Options);
        return Encoding.UTF8.GetBytes($"id: {seq}\nevent: {Kind(json)}\ndata: {Encoding.UTF8.GetString(json)}\n\n");
    }

    /// <summary>A signal: no id, so that a reader who resumes does not ask for it.</summary>
    public static byte[] Signal<T>(string name, T signal) =>
        Encoding.UTF8.GetBytes($"event: {name}\ndata: {JsonSerializer.Serialize(signal, (JsonTypeInfo<T>)WireJson.Options.GetTypeInfo(typeof(T)))}\n\n");

    public static readonly byte[] Ping = "event: ping\ndata: {}\n\n"u8.ToArray();

    /// <summary>The server stops. <c>retry:</c> is the standard's own field, in milliseconds.</summary>
    public static readonly byte[] GoingAway = "retry: 1000\nevent: going-away\ndata: {}\n\n"u8.ToArray();

    public static readonly byte[] Reset = "event: reset\ndata: {}\n\n"u8.ToArray();

    /// <summary>Moves a quiet reader's position along without an event.</summary>
    public static void Heartbeat(IBufferWriter<byte> output, long head)
    {
        var span = output.GetSpan(32);
        "id: "u8.CopyTo(span);
        head.TryFormat(span[4..], out var digits);
        "\n\n"u8.CopyTo(span[(4 + digits)..]);
        output.Advance(digits + 6);
    }

    /// <summary>The serializer writes the discriminator first: <c>{"kind":"…"</c>.</summary>
    public static string Kind(ReadOnlySpan<byte> json)
    {
        var start = "{\"kind\":\""u8.Length;
        var rest = json[start..];
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]);
    }
}
