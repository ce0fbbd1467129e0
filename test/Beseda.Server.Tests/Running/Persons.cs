using Beseda.Protocol;

namespace Beseda.Server.Tests;

/// <summary>Somebody who answers, signed in with a cookie.</summary>
internal sealed class Clerk
{
    private Clerk(Caller caller, long id, string email) => (Caller, Id, Email) = (caller, id, email);

    public Caller Caller { get; }

    public long Id { get; }

    public string Email { get; }

    public static async Task<Clerk> SignInAsync(Uri address, string email, string password)
    {
        var caller = new Caller(address).With("X-Beseda-Client", "tests");
        var answer = await caller.PostAsync("/api/auth/login", new LoginRequest(email, password));
        var id = answer.Read<LoginAnswer>().Operator!.Id;
        return new Clerk(caller.With("Cookie", answer.Headers["Set-Cookie"].Single().Split(';')[0]), id, email);
    }

    public Task<Reply> GetAsync(string path) => Caller.GetAsync(path);

    public Task<Reply> PostAsync(string path, object? body = null) => Caller.PostAsync(path, body);

    public Task<Reply> PutAsync(string path, object? body) => Caller.PutAsync(path, body);

    public Task<Reply> DoAsync(long conversation, string what, object? body = null) =>
        PostAsync($"/api/operator/conversations/{conversation}/{what}", body);

    public async Task BeAsync(OperatorStatus status) => (await PutAsync("/api/operator/status", new StatusRequest(status))).Must(204);

    public async Task<MessageAccepted> WriteAsync(long conversation, string text, bool note = false, string? clientId = null) =>
        (await DoAsync(conversation, "messages", new OperatorMessage(clientId ?? Names.New("o"), text, note))).Read<MessageAccepted>();

    public async Task<Desk> DeskAsync() => (await GetAsync("/api/operator/desk")).Read<Desk>();

    public async Task<ConversationTimeline> TimelineAsync(long conversation, string query = "") =>
        (await GetAsync($"/api/operator/conversations/{conversation}/timeline{query}")).Read<ConversationTimeline>();

    public Task<Listener> ListenAsync(string query = "") => Listener.OpenAsync(Caller, $"/api/operator/feed{query}");
}

/// <summary>Somebody who writes to the company.</summary>
internal sealed class Guest
{
    private Guest(Caller caller, SessionAnswer session) => (Caller, Session) = (caller, session);

    public Caller Caller { get; }

    public SessionAnswer Session { get; }

    public static async Task<Guest> ComeAsync(Uri address, string account, string? token = null, string? identity = null)
    {
        var caller = new Caller(address);
        var session = (await caller.PostAsync("/api/visitor/session", new SessionRequest(account, Token: token, Identity: identity))).Read<SessionAnswer>();
        return new Guest(caller.With("Authorization", $"Bearer {session.Token}"), session);
    }

    /// <summary>Comes again with the token it has.</summary>
    public Task<Guest> ReturnAsync(string account, string? identity = null) => ComeAsync(Caller.Address, account, Session.Token, identity);

    public Task<Reply> GetAsync(string path) => Caller.GetAsync($"/api/visitor/{path}");

    public Task<Reply> PostAsync(string path, object? body = null) => Caller.PostAsync($"/api/visitor/{path}", body);

    public async Task<MessageAccepted> WriteAsync(string text, string? clientId = null, long? department = null) =>
        (await PostAsync("messages", new VisitorMessage(clientId ?? Names.New("v"), text, department))).Read<MessageAccepted>();

    public async Task<TimelinePage> TimelineAsync(string query = "") => (await GetAsync($"timeline{query}")).Read<TimelinePage>();

    public Task<Listener> ListenAsync(string query = "") => Listener.OpenAsync(Caller, $"/api/visitor/feed{query}");
}
