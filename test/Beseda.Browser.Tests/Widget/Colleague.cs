using Beseda.Client;
using Beseda.Protocol;

namespace Beseda.Browser.Tests.Widget;

/// <summary>An operator on duty, who does what the test needs without a console.</summary>
internal sealed class Colleague(OperatorClient client)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<Colleague> OnDutyAsync(Uri server, string name)
    {
        var client = new OperatorClient(new HttpClient { BaseAddress = server });
        await client.LoginAsync(new LoginRequest($"{name}@demo.example", "beseda-demo"), Stop);
        await client.StatusAsync(OperatorStatus.Online, Stop);
        return new Colleague(client);
    }

    /// <summary>The open conversation in which this was said last.</summary>
    public async Task<DeskConversation> FindAsync(string said) =>
        (await client.DeskAsync(Stop)).Conversations.Single(conversation => conversation.Last?.Text == said);

    public async Task<long> TakeAsync(string said)
    {
        var conversation = (await FindAsync(said)).Id;
        await client.TakeAsync(conversation, Stop);
        return conversation;
    }

    public Task SayAsync(long conversation, string text, bool note = false, long? replyTo = null) =>
        client.PostAsync(conversation, new OperatorMessage(Guid.NewGuid().ToString(), text, note, replyTo), stop: Stop);

    public Task TypeAsync(long conversation, string draft) => client.TypingAsync(conversation, draft, Stop);

    public Task CloseAsync(long conversation) => client.CloseAsync(conversation, Stop);

    /// <summary>Completes when the visitor's draft reads so.</summary>
    public async Task SeesDraftAsync(long conversation, string draft)
    {
        var desk = await client.DeskAsync(Stop);
        await client.Feed(desk.Seq, desk.Journal).OfType<TypingFrame>()
            .FirstAsync(frame => frame.Signal.Conversation == conversation && frame.Signal.Draft == draft, Stop);
    }
}
