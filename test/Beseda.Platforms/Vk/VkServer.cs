using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Deliveries;

namespace Beseda.Platforms.Vk;

/// <summary>A callback server. It hears nothing until it has said the confirmation code, and only what it is set to hear.</summary>
public sealed class VkServer
{
    private readonly VkCommunity community;
    private readonly Signal settled = new();
    private long last;

    internal VkServer(VkCommunity community, int id, string title)
    {
        this.community = community;
        (Id, Title) = (id, title);
        Post = new VkPost(community, this);
    }

    public int Id { get; }

    public string Title { get; internal set; }

    public Uri Url { get; internal set; } = null!;

    /// <summary>In every event, when it is not empty.</summary>
    public string Secret { get; internal set; } = "";

    /// <summary>As the API says it: <c>wait</c>, <c>ok</c> or <c>failed</c>.</summary>
    public string Status { get; private set; } = "wait";

    internal string ApiVersion { get; set; } = "5.199";

    internal HashSet<string> Events { get; } = [];

    internal VkPost Post { get; }

    /// <summary>Asks for the confirmation code, as the button on the community's page does.</summary>
    public async Task<bool> ConfirmAsync()
    {
        Status = "wait";
        var asked = Event("confirmation", null, World.Secret(20));
        var answer = await Post.AskAsync(Url, Wire.Text(asked));
        Status = answer?.Trim() == community.ConfirmationCode ? "ok" : "failed";
        Post.Target = Status == "ok" ? Url : null;
        settled.Pulse();
        return Status == "ok";
    }

    /// <summary>Waits until it has been asked for the code, and says whether it was right.</summary>
    public async Task<bool> SettledAsync(TimeSpan? patience = null) =>
        await settled.UntilAsync(() => Status == "wait" ? null : Status, patience ?? TimeSpan.FromSeconds(10)) == "ok";

    internal void Publish(string type, string peer, JsonObject content, string id)
    {
        if (Status == "ok" && Events.Contains(type))
            Post.Put(new Parcel(Interlocked.Increment(ref last), peer, type, Wire.Text(Event(type, content, id))));
    }

    private JsonObject Event(string type, JsonObject? content, string id)
    {
        var all = new JsonObject { ["group_id"] = community.Number, ["type"] = type, ["event_id"] = id, ["v"] = ApiVersion };
        return all.With("object", content?.DeepClone()).With("secret", Secret.Length > 0 ? Secret : null);
    }
}

/// <summary>
/// Delivery to a callback server: <c>ok</c> and nothing else counts. The times between attempts are not published;
/// these are ours. A server that fails ten times in a row is left alone for a while.
/// </summary>
internal sealed class VkPost(VkCommunity community, VkServer server) : Post(community.World, community.Platform.Faults)
{
    private static readonly int[] Waits = [1, 5, 15, 30, 60, 120, 300, 600, 1200];
    private const int FailuresInARow = 10;
    private int failures;

    protected override bool StopsBehindFailure => false;

    protected override TimeSpan Patience => TimeSpan.FromSeconds(10);

    public async Task<string?> AskAsync(Uri url, string body)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            using var request = Compose(url, new Parcel(0, "", "confirmation", body), 1);
            using var response = await World.Http.SendAsync(request, patience.Token);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(patience.Token) : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    protected override HttpRequestMessage Compose(Uri target, Parcel parcel, int attempt)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new StringContent(parcel.Body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (attempt > 1)
            request.Headers.Add("X-Retry-Counter", $"{attempt - 1}");
        return request;
    }

    protected override bool Accepts(int status, string answer) => status == 200 && answer == "ok";

    protected override TimeSpan? Wait(int attempt) => attempt > Waits.Length ? null : TimeSpan.FromSeconds(Waits[attempt - 1]);

    protected override Task TriedAsync(Parcel parcel, Delivery delivery)
    {
        failures = delivery.Accepted ? 0 : failures + 1;
        if (delivery.Answer == "remove")
            community.Remove(server);
        else if (failures >= FailuresInARow)
        {
            failures = 0;
            Pause(World.Paced(TimeSpan.FromSeconds(60)));
        }
        return Task.CompletedTask;
    }
}
