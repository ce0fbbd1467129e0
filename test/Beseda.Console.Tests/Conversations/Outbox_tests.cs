using System.Collections.Concurrent;
using System.Text.Json;
using Beseda.Client;
using Beseda.Console.Tests.Client;
using Beseda.Workplace.Browsing;
using Beseda.Workplace.Conversations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Beseda.Console.Tests.Conversations;

public sealed class Outbox_tests
{
    private readonly Storage storage = new();
    private readonly ConcurrentQueue<string> received = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Takes every message, or answers as <paramref name="instead"/> says.</summary>
    private Task<Door> Server(Func<int, HttpContext, Task<bool>>? instead = null)
    {
        var calls = 0;
        return Door.Open(app => app.MapPost("/api/operator/conversations/{id:long}/messages", async (long id, HttpContext context) =>
        {
            var message = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            if (instead is not null && await instead(Interlocked.Increment(ref calls), context)) return;
            received.Enqueue(message.RootElement.GetProperty("text").GetString()!);
            await context.Response.Json($$"""{"seq":{{100 + calls}},"conversation":{{id}},"at":"2026-03-12T12:00:00.000Z"}""");
        }));
    }

    private Outbox Outbox(Door door, Scene scene)
    {
        var outbox = new Outbox(new OperatorClient(door.Http), storage, scene.Pulse, TimeProvider.System);
        outbox.Open("demo.2");
        return outbox;
    }

    /// <summary>Waits for what is drawn, as the page does.</summary>
    private static async Task Until(Scene scene, Func<bool> holds)
    {
        var drawn = new SemaphoreSlim(0);
        void Release() => drawn.Release();
        scene.Pulse.TalkChanged += Release;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!Holds()) await drawn.WaitAsync(TimeSpan.FromMilliseconds(200), patience.Token);
        scene.Pulse.TalkChanged -= Release;

        bool Holds()
        {
            try
            {
                return holds();
            }
            catch (InvalidOperationException)
            {
                // A page has one thread; here the list may change while it is looked at.
                return false;
            }
        }
    }

    [Fact]
    public async Task Messages_of_one_conversation_leave_in_the_order_they_were_written()
    {
        await using var door = await Server(async (call, context) =>
        {
            if (call != 1) return false;
            await context.Response.Problem(503, "busy");
            return true;
        });
        var scene = new Scene();
        var outbox = Outbox(door, scene);
        foreach (var text in new[] { "раз", "два", "три" }) outbox.Send(5, text, false, null);
        Assert.Equal([Sending.Underway, Sending.Underway, Sending.Underway], outbox.Of(5).Select(item => item.Sending));
        Assert.Equal(3, storage.Items.Count);

        await Until(scene, () => outbox.Of(5).All(item => item.Sending == Sending.Sent));
        Assert.Equal(["раз", "два", "три"], received);
        Assert.Empty(storage.Items);
    }

    [Fact]
    public async Task The_feed_takes_a_message_over_whether_it_is_faster_than_the_answer_or_not()
    {
        var answer = new TaskCompletionSource();
        await using var door = await Server(async (_, _) => { await answer.Task; return false; });
        var scene = new Scene();
        var outbox = Outbox(door, scene);
        outbox.Send(5, "раз", false, null);
        outbox.Arrived(Scene.Message("раз", Scene.Anna, clientId: outbox.Of(5).Single().ClientId));
        Assert.Empty(outbox.Of(5));
        answer.SetResult();
        while (received.IsEmpty) await Task.Delay(10, Stop);
        Assert.Empty(outbox.Of(5));
    }

    [Fact]
    public async Task A_refused_message_stays_with_its_reason_and_may_be_tried_again_or_discarded()
    {
        await using var door = await Server(async (call, context) =>
        {
            if (call > 2) return false;
            await context.Response.Problem(409, "already-taken");
            return true;
        });
        var scene = new Scene();
        var outbox = Outbox(door, scene);
        outbox.Send(5, "раз", false, null);
        await Until(scene, () => outbox.Of(5).Single() is { Sending: Sending.Failed, Why: "already-taken" });
        outbox.RetryUnreached();
        Assert.Equal(Sending.Failed, outbox.Of(5).Single().Sending);

        outbox.Retry(outbox.Of(5).Single().ClientId);
        await Until(scene, () => outbox.Of(5).Single().Sending == Sending.Failed);
        outbox.Retry(outbox.Of(5).Single().ClientId);
        await Until(scene, () => outbox.Of(5).Single().Sending == Sending.Sent);
        Assert.Equal(["раз"], received);

        outbox.Discard(outbox.Of(5).Single().ClientId);
        Assert.Empty(outbox.Of(5));
    }

    [Fact]
    public async Task What_a_closed_tab_left_is_sent_by_the_next_one()
    {
        await using (var away = await Server(async (_, context) => { await context.Response.Problem(503, "busy"); return true; }))
            Outbox(away, new Scene()).Send(5, "написано перед перезагрузкой", false, null);
        Assert.Single(storage.Items);

        await using var door = await Server();
        var scene = new Scene();
        var outbox = Outbox(door, scene);
        Assert.Equal("написано перед перезагрузкой", outbox.Of(5).Single().Message.Text);
        await Until(scene, () => outbox.Of(5).Single().Sending == Sending.Sent);
        Assert.Empty(storage.Items);
    }

    [Fact]
    public async Task What_a_closed_tab_left_is_sent_in_the_order_it_was_written()
    {
        var texts = Enumerable.Range(1, 8).Select(n => $"{n}").ToList();
        await using (var away = await Server(async (_, context) => { await context.Response.Problem(503, "busy"); return true; }))
        {
            var closed = Outbox(away, new Scene());
            texts.ForEach(text => closed.Send(5, text, false, null));
        }

        await using var door = await Server();
        var scene = new Scene();
        var outbox = Outbox(door, scene);
        await Until(scene, () => outbox.Of(5).All(item => item.Sending == Sending.Sent));
        Assert.Equal(texts, received);
    }

    [Fact]
    public async Task Nothing_overtakes_what_waits_for_a_connection()
    {
        var signedOut = true;
        await using var door = await Server(async (_, context) =>
        {
            if (!signedOut) return false;
            signedOut = false;
            await context.Response.Problem(401, "signed-out");
            return true;
        });
        var scene = new Scene();
        var outbox = Outbox(door, scene);
        outbox.Send(5, "раз", false, null);
        outbox.Send(5, "два", false, null);
        await Until(scene, () => outbox.Of(5).All(item => item.Sending == Sending.Failed));

        outbox.Retry(outbox.Of(5).Last().ClientId);
        await Until(scene, () => outbox.Of(5).All(item => item.Sending == Sending.Sent));
        Assert.Equal(["раз", "два"], received);
    }

    [Fact]
    public async Task What_one_wrote_is_not_sent_in_the_name_of_the_next_who_signs_in()
    {
        var asked = new SemaphoreSlim(0);
        await using var door = await Server(async (_, context) =>
        {
            asked.Release();
            await context.Response.Problem(503, "busy");
            return true;
        });
        var outbox = Outbox(door, new Scene());
        outbox.Send(5, "от Анны", false, null);
        await asked.WaitAsync(Stop);
        outbox.Open("demo.3");
        Assert.Empty(outbox.Of(5));
        Assert.Single(storage.Items);
        while (await asked.WaitAsync(TimeSpan.FromSeconds(1), Stop)) { }
        outbox.Open("demo.2");
        Assert.Equal("от Анны", outbox.Of(5).Single().Message.Text);
    }

    [Fact]
    public async Task What_a_lost_session_stopped_leaves_with_the_next_one()
    {
        await using var door = await Server(async (call, context) =>
        {
            if (call > 1) return false;
            await context.Response.Problem(401, "unauthenticated");
            return true;
        });
        var scene = new Scene();
        var outbox = Outbox(door, scene);
        outbox.Send(5, "раз", false, null);
        await Until(scene, () => outbox.Of(5).Single() is { Sending: Sending.Failed, Why: null });
        outbox.RetryUnreached();
        await Until(scene, () => outbox.Of(5).Single().Sending == Sending.Sent);
    }

    private sealed class Storage : IStorage
    {
        public ConcurrentDictionary<string, string> Items { get; } = new();

        public void Set(string key, string value) => Items[key] = value;

        public void Remove(string key) => Items.TryRemove(key, out _);

        public IReadOnlyList<string> All(string prefix) => [.. Items.Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(item => item.Value)];
    }
}
