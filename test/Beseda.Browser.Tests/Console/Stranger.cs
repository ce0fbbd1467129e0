using Beseda.Client;
using Beseda.Protocol;

namespace Beseda.Browser.Tests.Console;

/// <summary>A visitor without a browser.</summary>
internal sealed class Stranger(VisitorClient client)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public long Conversation { get; private set; }

    public static async Task<Stranger> ComesAsync(Uri server)
    {
        var client = new VisitorClient(new HttpClient { BaseAddress = server });
        await client.SessionAsync(new SessionRequest("demo"), Stop);
        return new Stranger(client);
    }

    public async Task<long> SaysAsync(string text)
    {
        var posted = await client.PostAsync(new VisitorMessage(Guid.NewGuid().ToString("N"), text), stop: Stop);
        Conversation = posted.Conversation;
        return posted.Seq;
    }

    public Task TypesAsync(string draft) => client.TypingAsync(draft, Stop);

    public Task ReadsAsync(long seq) => client.ReadAsync(seq, Stop);

    public Task ClosesAsync() => client.CloseAsync(stop: Stop);
}
