using System.Globalization;

namespace Beseda.Server.Channels;

/// <summary>How a sent part names itself: <c>CONVERSATION:MESSAGE:PART:OF</c>. A platform that says it back tells us what it took.</summary>
internal readonly record struct Mark(ConversationId Conversation, long Message, int Part, int Parts)
{
    public static string Of(ConversationId conversation, long message) =>
        string.Create(CultureInfo.InvariantCulture, $"{conversation.Value}:{message}");

    public static Mark? Read(string mark) =>
        mark.Split(':') is [var conversation, var message, var part, var of]
        && long.TryParse(conversation, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && long.TryParse(message, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
        && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var all)
            ? new Mark(new ConversationId(id), seq, number, all)
            : null;
}
