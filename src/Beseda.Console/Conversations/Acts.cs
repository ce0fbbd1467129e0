using Beseda.Client;
using Beseda.Workplace.Browsing;
using Beseda.Workplace.Texts;
using Beseda.Protocol;

namespace Beseda.Workplace.Conversations;

/// <summary>What the operator does with conversations and with their own status. What is refused is said aloud; what
/// succeeded comes back on the feed.</summary>
public sealed class Acts(OperatorClient client, Board board, Reader reader, Browser browser, Words words)
{
    /// <summary>The last refusal or failure, as a sentence.</summary>
    public event Action<string>? Noticed;

    public Task SetStatusAsync(OperatorStatus status) => Try(() => client.StatusAsync(status));

    public async Task TakeAsync(long id)
    {
        if (!await Try(() => client.TakeAsync(id))) return;
        await reader.OpenAsync(id);
        browser.Focus("#composer");
    }

    /// <summary>What is offered to me, or else what waits longest.</summary>
    public Chat? Next => board.Mine.Chats.FirstOrDefault(chat => chat.Status == ConversationStatus.Assigned)
        ?? board.Waiting.Chats.FirstOrDefault(board.Waiting.Has);

    public Task TakeNextAsync() => Next is { } next ? TakeAsync(next.Id) : Task.CompletedTask;

    public Task CloseAsync(long id) => Try(() => client.CloseAsync(id));

    public Task<bool> HandOverAsync(long id, TransferRequest to) => Try(() => client.TransferAsync(id, to));

    public Task<bool> LabelAsync(long id, long? category, IReadOnlyList<long> tags) => Try(() => client.LabelAsync(id, new LabelRequest(category, tags)));

    public Task<bool> MergeAsync(long id, long other) => Try(() => client.MergeAsync(id, other));

    public Task<bool> SeparateAsync(long id, string visitor) => Try(() => client.SeparateAsync(id, [visitor]));

    public Task<bool> EditAsync(MessagePosted message, string text) => Try(() => client.EditAsync(message.Conversation!.Value, message.Seq, text));

    public Task DeleteAsync(MessagePosted message) => Try(() => client.DeleteAsync(message.Conversation!.Value, message.Seq));

    public Task ResendAsync(MessagePosted message) => Try(() => client.ResendAsync(message.Conversation!.Value, message.Seq));

    public async Task TypeAsync(long id, bool typing)
    {
        if (board.Find(id) is { } chat && !board.Abilities.Of(chat.Channel).TypingShown) return;
        try
        {
            // The server keeps operators' drafts from visitors; there is no reason to send the words at all.
            await client.TypingAsync(id, typing ? "…" : null);
        }
        catch (Exception failure) when (failure is HttpRequestException or BesedaException or OperationCanceledException)
        {
            // A signal may be lost.
        }
    }

    public void Notice(string sentence) => Noticed?.Invoke(sentence);

    public void Notice(BesedaException refused) => Notice(words.Refusal(refused.Code) ?? refused.Message);

    private async Task<bool> Try(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (BesedaException refused)
        {
            Notice(refused);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            Notice(words.Unreachable);
        }
        return false;
    }
}
