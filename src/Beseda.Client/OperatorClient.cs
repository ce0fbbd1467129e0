using Beseda.Protocol;

namespace Beseda.Client;

/// <summary>
/// What an operator does: the console and bots speak through this. Signed in either by <see cref="LoginAsync"/> (the
/// <see cref="HttpClient"/> must keep cookies, as it does by default) or by an API token in its default headers.
/// </summary>
/// <remarks>Every call throws <see cref="BesedaException"/> when refused and <see cref="HttpRequestException"/> when the
/// server cannot be reached. Only <see cref="PostAsync"/> repeats itself.</remarks>
/// <param name="http">Its <see cref="HttpClient.BaseAddress"/> is the server's. Not disposed here.</param>
/// <param name="name">Your program's name; the header that carries it also keeps foreign web pages out.</param>
public sealed class OperatorClient(HttpClient http, string name = "dotnet")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Wire wire = new(http, request => request.Headers.Add("X-Beseda-Client", name));

    /// <summary>Signs in. A user of several accounts who named none is not signed in yet: the answer lists them, ask again
    /// with one.</summary>
    public Task<LoginAnswer> LoginAsync(LoginRequest request, CancellationToken stop = default) =>
        wire.Post<LoginRequest, LoginAnswer>("/api/auth/login", request, stop);

    public Task LogoutAsync(CancellationToken stop = default) => wire.Tell("/api/auth/logout", stop);

    /// <summary>Everything open that this operator may see, as of <see cref="Desk.Seq"/>: go on from there with
    /// <see cref="Feed"/>. 401 when signed out.</summary>
    public Task<Desk> DeskAsync(CancellationToken stop = default) => wire.Get<Desk>("/api/operator/desk", stop);

    /// <summary>Everything that happens after <paramref name="since"/>; see <see cref="Client.Feed"/>. Answer every
    /// <see cref="PingFrame"/> with <see cref="AliveAsync"/>, or the server takes this operator for gone after a minute.</summary>
    public Feed Feed(long since, string journal) => new(wire, "/api/operator/feed", since, journal);

    public Task AliveAsync(CancellationToken stop = default) => wire.Tell("/api/operator/alive", stop);

    public Task StatusAsync(OperatorStatus status, CancellationToken stop = default) =>
        wire.Tell(HttpMethod.Put, "/api/operator/status", new StatusRequest(status), stop);

    /// <summary>Accepts what is offered to me, or takes what waits. 409 <c>already-taken</c> when somebody was faster.</summary>
    public Task TakeAsync(long conversation, CancellationToken stop = default) => wire.Tell(Of(conversation, "take"), stop);

    /// <summary>Posts, and repeats itself until the message is in the journal: lost connections and a server that restarts
    /// are waited out, and the message is there once, whatever happened.</summary>
    /// <param name="message">Give each message its own <see cref="OperatorMessage.ClientId"/> and keep it for further tries.</param>
    /// <param name="patience">How long to go on trying; default one minute.</param>
    public Task<MessageAccepted> PostAsync(
        long conversation, OperatorMessage message, TimeSpan? patience = null, CancellationToken stop = default) =>
        Retry.Until(patience ?? Patience, once => wire.Post<OperatorMessage, MessageAccepted>(
            Of(conversation, "messages"), message, once), stop);

    /// <summary>Replaces what a message of one's own says.</summary>
    public Task EditAsync(long conversation, long message, string text, CancellationToken stop = default) =>
        wire.Tell(HttpMethod.Put, Of(conversation, $"messages/{message}"), new EditedMessage(text), stop);

    /// <summary>Takes a message of one's own back: nobody can read it any more.</summary>
    public Task DeleteAsync(long conversation, long message, CancellationToken stop = default) =>
        wire.Delete(Of(conversation, $"messages/{message}"), stop);

    /// <summary>Has a message that its channel did not deliver tried again.</summary>
    public Task ResendAsync(long conversation, long message, CancellationToken stop = default) =>
        wire.Tell(Of(conversation, $"messages/{message}/resend"), stop);

    /// <summary>Uploads a file. Its <see cref="FileLink.Id"/> goes into <see cref="OperatorMessage.Files"/>.</summary>
    public Task<FileLink> UploadAsync(string name, string contentType, Stream content, CancellationToken stop = default) =>
        wire.Upload<FileLink>("/api/operator/files", name, contentType, content, stop);

    public Task TransferAsync(long conversation, TransferRequest to, CancellationToken stop = default) =>
        wire.Tell(HttpMethod.Post, Of(conversation, "transfer"), to, stop);

    /// <summary>Sorts a conversation under a category and tags: all that it has from now on.</summary>
    public Task LabelAsync(long conversation, LabelRequest labels, CancellationToken stop = default) =>
        wire.Tell(HttpMethod.Put, Of(conversation, "labels"), labels, stop);

    public Task CloseAsync(long conversation, CancellationToken stop = default) => wire.Tell(Of(conversation, "close"), stop);

    /// <summary>Tells the visitor that somebody is typing, for some six seconds. The text itself is not shown to them.</summary>
    public Task TypingAsync(long conversation, string? draft, CancellationToken stop = default) =>
        wire.Tell(HttpMethod.Post, Of(conversation, "typing"), new TypingRequest(draft), stop);

    /// <summary>Everything up to the message <paramref name="seq"/> has been seen.</summary>
    public Task ReadAsync(long conversation, long seq, CancellationToken stop = default) =>
        wire.Tell(HttpMethod.Post, Of(conversation, "read"), new ReadRequest(seq), stop);

    /// <summary>The newest entries of a conversation, ascending, or those before <paramref name="before"/>.</summary>
    /// <param name="limit">At most 200.</param>
    /// <param name="history">Before the conversation's beginning goes on with what the same person said elsewhere until then.</param>
    public Task<ConversationTimeline> TimelineAsync(
        long conversation, long? before = null, int limit = 50, bool history = false, CancellationToken stop = default) =>
        wire.Get<ConversationTimeline>(
            Of(conversation, $"timeline?limit={limit}{(before is { } seq ? $"&before={seq}" : "")}{(history ? "&history=true" : "")}"), stop);

    /// <summary>Who writes there, from wherever they write.</summary>
    public Task<Person> PersonAsync(long conversation, CancellationToken stop = default) => wire.Get<Person>(Of(conversation, "person"), stop);

    /// <summary>The same person writes in both.</summary>
    public Task MergeAsync(long conversation, long other, CancellationToken stop = default) =>
        wire.Tell(HttpMethod.Post, Of(conversation, "merge"), new MergeRequest(other), stop);

    /// <summary>These are somebody else: the way back from <see cref="MergeAsync"/>.</summary>
    /// <param name="visitors">Ids of <see cref="VisitorCard"/>s.</param>
    public Task SeparateAsync(long conversation, IReadOnlyList<string> visitors, CancellationToken stop = default) =>
        wire.Tell(HttpMethod.Post, Of(conversation, "separate"), new SeparateRequest(visitors), stop);

    /// <summary>Conversations, open and closed, newest first. The next page: <paramref name="before"/> =
    /// <see cref="ConversationPage.Next"/>.</summary>
    public Task<ConversationPage> HistoryAsync(long? before = null, int limit = 50, CancellationToken stop = default) =>
        wire.Get<ConversationPage>($"/api/operator/conversations?limit={limit}{(before is { } id ? $"&before={id}" : "")}", stop);

    private static string Of(long conversation, string what) => $"/api/operator/conversations/{conversation}/{what}";
}
