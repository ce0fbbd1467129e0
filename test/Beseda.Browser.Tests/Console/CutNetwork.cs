using Beseda.Browser.Tests.Widget;
using Beseda.Protocol;
using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Console;

/// <summary>An operator whose network is gone without a word: whoever they were to answer does not wait for them.</summary>
public sealed class CutNetwork(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(75);

    [Fact]
    public async Task What_was_offered_is_back_in_the_queue_in_time_and_comes_again_when_the_network_does()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        // Nothing but the silence may bring it back.
        await Office.SetDepartmentAsync(server.Address, one => one with { Routing = Routing.Automatic, AcceptSeconds = 600 });
        using var administrator = await Office.SignedInAsync(server.Address);
        await using var cable = new Cable(server.Address);
        await using var person = await chromium.PersonAsync(width: 1440, height: 900);
        var anna = await Desk.SignInAsync(person, cable.Address);
        var visitor = await Stranger.ComesAsync(server.Address);
        await visitor.SaysAsync("вопрос");
        await Expect(anna.Row(visitor.Conversation)).ToBeVisibleAsync();
        Assert.Equal(Kinds.ConversationAssigned, await PlaceAsync());

        cable.Cut();

        await Eventually.HoldsAsync("it is back in the queue", async () => await PlaceAsync() == Kinds.ConversationQueued, Promised);
        await Expect(anna.Page.Locator(".banner.bad")).ToBeVisibleAsync();
        cable.Mend();
        await Eventually.HoldsAsync("it is offered again", async () => await PlaceAsync() == Kinds.ConversationAssigned);
        await Expect(anna.Page.Locator(".banner.bad")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await anna.TakeAsync(visitor);
        await anna.WriteAsync("ответ");
        await anna.ShowsAsync(["вопрос", "ответ"]);

        async Task<string?> PlaceAsync() =>
            (await Office.EventsAsync(administrator)).Where(e => e.Conversation == visitor.Conversation)
                .Select(e => e.Kind).LastOrDefault(kind => kind is Kinds.ConversationQueued or Kinds.ConversationAssigned);
    }
}
