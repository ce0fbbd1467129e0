using System.Net.Http.Headers;
using Beseda.Protocol;

namespace Beseda.Client;

/// <summary>
/// What a visitor does: for a chat inside your own .NET app. Call <see cref="SessionAsync"/> first, keep
/// <see cref="Token"/> where the app keeps secrets, and give it back at the next start.
/// </summary>
/// <remarks>Every call throws <see cref="BesedaException"/> when refused and <see cref="HttpRequestException"/> when the
/// server cannot be reached. Only <see cref="PostAsync"/> repeats itself.</remarks>
/// <param name="http">Its <see cref="HttpClient.BaseAddress"/> is the server's. Not disposed here.</param>
public sealed class VisitorClient(HttpClient http)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Wire? signed;

    /// <summary>Who this visitor is to the server: a credential. Changes with every session.</summary>
    public string? Token { get; private set; }

    private Wire Signed => signed ?? throw new InvalidOperationException($"Call {nameof(SessionAsync)} first.");

    /// <summary>Starts or goes on: answers with the visitor's conversation and history as of
    /// <see cref="SessionAnswer.Seq"/>; go on from there with <see cref="Feed"/>.</summary>
    /// <param name="request">Without a token, the one of this client's last session is sent.</param>
    public async Task<SessionAnswer> SessionAsync(SessionRequest request, CancellationToken stop = default)
    {
        var open = new Wire(http, _ => { });
        var answer = await open.Post<SessionRequest, SessionAnswer>(
            "/api/visitor/session", request with { Token = request.Token ?? Token }, stop);
        Token = answer.Token;
        var bearer = new AuthenticationHeaderValue("Bearer", answer.Token);
        signed = new Wire(http, message => message.Headers.Authorization = bearer);
        return answer;
    }

    /// <summary>Everything that happens after <paramref name="since"/>; see <see cref="Client.Feed"/>. A new session ends
    /// the feeds of the one before with a <see cref="ResetFrame"/>.</summary>
    public Feed Feed(long since, string journal) => new(Signed, "/api/visitor/feed", since, journal);

    /// <summary>Posts, and repeats itself until the message is in the journal: lost connections and a server that restarts
    /// are waited out, and the message is there once, whatever happened.</summary>
    /// <param name="message">Give each message its own <see cref="VisitorMessage.ClientId"/> and keep it for further tries.</param>
    /// <param name="patience">How long to go on trying; default one minute.</param>
    public Task<MessageAccepted> PostAsync(VisitorMessage message, TimeSpan? patience = null, CancellationToken stop = default) =>
        Retry.Until(patience ?? Patience, once => Signed.Post<VisitorMessage, MessageAccepted>(
            "/api/visitor/messages", message, once), stop);

    /// <summary>Shows operators what is being typed, for some six seconds; null or empty: stopped.</summary>
    public Task TypingAsync(string? draft, CancellationToken stop = default) =>
        Signed.Tell(HttpMethod.Post, "/api/visitor/typing", new TypingRequest(draft), stop);

    /// <summary>Everything up to the message <paramref name="seq"/> has been seen.</summary>
    public Task ReadAsync(long seq, CancellationToken stop = default) =>
        Signed.Tell(HttpMethod.Post, "/api/visitor/read", new ReadRequest(seq), stop);

    /// <summary>Closes <paramref name="conversation"/>, or whichever is open.</summary>
    public Task CloseAsync(long? conversation = null, CancellationToken stop = default) =>
        Signed.Tell(HttpMethod.Post, "/api/visitor/close", new CloseRequest(conversation), stop);

    /// <summary>Rates an operator of a conversation; may be changed for an hour, and is possible for a week.</summary>
    public Task RateAsync(RatingRequest rating, CancellationToken stop = default) =>
        Signed.Tell(HttpMethod.Post, "/api/visitor/rating", rating, stop);

    /// <summary>The newest entries of the visitor's whole history, ascending, or those before <paramref name="before"/>.</summary>
    /// <param name="limit">At most 200.</param>
    public Task<TimelinePage> TimelineAsync(long? before = null, int limit = 50, CancellationToken stop = default) =>
        Signed.Get<TimelinePage>($"/api/visitor/timeline?limit={limit}{(before is { } seq ? $"&before={seq}" : "")}", stop);
}
