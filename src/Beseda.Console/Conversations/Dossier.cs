using Beseda.Client;
using Beseda.Protocol;

namespace Beseda.Workplace.Conversations;

/// <summary>Who writes in the conversation on the page, from wherever they write. Fetched when it opens, and when addresses are joined or parted.</summary>
public sealed class Dossier
{
    private readonly OperatorClient client;
    private readonly Board board;
    private readonly Pulse pulse;
    private long asked;

    public Dossier(OperatorClient client, Board board, Live live, Reader reader, Pulse pulse)
    {
        (this.client, this.board, this.pulse) = (client, board, pulse);
        reader.Shown += () => _ = LookAsync();
        live.Reloaded += () => _ = LookAsync();
        live.Linked += () => _ = LookAsync();
    }

    /// <summary>Null: not known yet, or nobody writes here.</summary>
    public Person? Person { get; private set; }

    /// <summary>What they said before and elsewhere.</summary>
    public IEnumerable<DeskConversation> Others => Person?.Conversations.Where(one => one.Id != asked) ?? [];

    /// <summary>What they could be merged with: open conversations of others, the latest first.</summary>
    public IEnumerable<Chat> Strangers => board.All
        .Where(chat => chat.IsOpen && Person?.Addresses.Any(one => one.Visitor.Id == chat.Visitor.Id) is not true).OrderByDescending(chat => chat.LastAt);

    private async Task LookAsync()
    {
        var id = board.Open?.Id ?? board.Log?.Conversation ?? 0;
        if (id != asked) Person = null;
        asked = id;
        if (id == 0) return;
        try
        {
            var person = await client.PersonAsync(id);
            if (asked != id || person.Seq < Person?.Seq) return;
            Person = person;
        }
        catch (Exception failure) when (failure is HttpRequestException or BesedaException or OperationCanceledException)
        {
            // The card says less meanwhile; it is asked for again with the next conversation or connection.
        }
        pulse.Mark(Part.Talk);
        pulse.Beat();
    }
}
