using System.Net;
using System.Text.Json;
using Beseda.Client;
using Beseda.Workplace.Browsing;
using Beseda.Workplace.Conversations;
using Beseda.Protocol;

namespace Beseda.Workplace.SignIn;

public enum Stage { SignedOut, SignedIn, Unreachable }

/// <summary>Who sits here, if anybody.</summary>
public sealed class Session
{
    private readonly OperatorClient client;
    private readonly Live live;
    private readonly Outbox outbox;
    private readonly Browser browser;

    public Session(OperatorClient client, Live live, Outbox outbox, Browser browser)
    {
        (this.client, this.live, this.outbox, this.browser) = (client, live, outbox, browser);
        browser.SignedOut += Over;
    }

    public Stage Stage { get; private set; }

    /// <summary>The session ended by itself: it ran out, or another tab signed out.</summary>
    public bool Ended { get; private set; }

    public event Action? Changed;

    /// <summary>Goes on with the cookie's session, if there is one.</summary>
    public async Task StartAsync()
    {
        if (!browser.LooksSignedIn) return;
        try
        {
            var early = await browser.EarlyDeskAsync();
            Begin(early is null ? await client.DeskAsync() : JsonSerializer.Deserialize(early, Reading.Of<Desk>())!);
        }
        catch (BesedaException refused) when (refused.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            (Stage, Ended) = (Stage.SignedOut, true);
        }
        catch (Exception failure) when (failure is HttpRequestException or BesedaException or OperationCanceledException or JsonException)
        {
            Stage = Stage.Unreachable;
        }
        Changed?.Invoke();
    }

    /// <summary>The accounts to choose from, or null when signed in.</summary>
    public async Task<IReadOnlyList<AccountChoice>?> SignInAsync(LoginRequest request)
    {
        var answer = await client.LoginAsync(request);
        if (answer.Operator is null) return answer.Accounts ?? [];
        // Whoever signs in has come to work.
        await client.StatusAsync(OperatorStatus.Online);
        browser.Announce("signedIn");
        Begin(await client.DeskAsync());
        Changed?.Invoke();
        return null;
    }

    public async Task SignOutAsync()
    {
        browser.StopFeed();
        try
        {
            await client.StatusAsync(OperatorStatus.Offline);
            await client.LogoutAsync();
        }
        catch (BesedaException)
        {
            // Signed out already.
        }
        browser.Leave();
    }

    private void Begin(Desk desk)
    {
        (Stage, Ended) = (Stage.SignedIn, false);
        live.Begin(desk);
        outbox.Open(desk.Me.Id);
    }

    private void Over()
    {
        browser.StopFeed();
        (Stage, Ended) = (Stage.SignedOut, true);
        Changed?.Invoke();
    }
}
