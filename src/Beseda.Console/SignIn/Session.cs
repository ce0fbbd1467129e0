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
    private const string AccountKey = "beseda.account";

    private readonly OperatorClient client;
    private readonly Live live;
    private readonly Outbox outbox;
    private readonly Tray tray;
    private readonly Board board;
    private readonly Browser browser;

    public Session(OperatorClient client, Live live, Outbox outbox, Tray tray, Board board, Browser browser)
    {
        (this.client, this.live, this.outbox, this.tray, this.board, this.browser) = (client, live, outbox, tray, board, browser);
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
        browser.Set(AccountKey, answer.Account ?? "");
        browser.Announce("signedIn");
        Begin(await client.DeskAsync());
        Changed?.Invoke();
        return null;
    }

    /// <summary>Throws <see cref="HttpRequestException"/> when the server cannot be reached: nobody is signed out then.</summary>
    public async Task SignOutAsync()
    {
        try
        {
            await client.StatusAsync(OperatorStatus.Offline);
            await client.LogoutAsync();
        }
        catch (BesedaException)
        {
            // Signed out already.
        }
        browser.StopFeed();
        browser.Leave();
    }

    private void Begin(Desk desk)
    {
        (Stage, Ended) = (Stage.SignedIn, false);
        // Operators and conversations are numbered by account: a draft must not turn up in another's.
        var owner = $"{(browser.All(AccountKey) is [var account, ..] ? account : "")}.{desk.Me.Id}";
        browser.Own(owner);
        live.Begin(desk);
        outbox.Open(owner);
        tray.Open(owner);
    }

    private void Over()
    {
        browser.StopFeed();
        (Stage, Ended) = (Stage.SignedOut, true);
        Changed?.Invoke();
        board.Clear();
    }
}
