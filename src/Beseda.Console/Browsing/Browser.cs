using System.Diagnostics.CodeAnalysis;
using Beseda.Workplace.Conversations;
using Microsoft.JSInterop;

namespace Beseda.Workplace.Browsing;

/// <summary>What <c>console.js</c> and <c>feed.js</c> do for the console, and what they tell it.</summary>
public sealed class Browser : IStorage, IDisposable
{
    private readonly IJSInProcessRuntime js;
    private readonly DotNetObjectReference<Browser> self;

    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(Browser))]
    public Browser(IJSRuntime js)
    {
        this.js = (IJSInProcessRuntime)js;
        self = DotNetObjectReference.Create(this);
    }

    /// <summary>A slice of the feed: kind, data, kind, data…</summary>
    public event Action<string[]>? Sliced;
    public event Action<bool>? ConnectionChanged;
    /// <summary>The feed cannot go on from where it was.</summary>
    public event Action? Lost;
    public event Action? SignedOut;
    public event Action<bool>? VisibilityChanged;
    /// <summary>A key, or the button that does the same: <c>next</c>, <c>take</c>, <c>close</c>…</summary>
    public event Action<string>? Acted;
    public event Action<string>? Sent;
    public event Action<bool>? Typed;
    /// <summary>An edge of the drawn timeline comes near: up, or down.</summary>
    public event Action<bool>? EdgeNeared;
    public event Action<bool>? EndReached;
    public event Action<long?>? Navigated;
    /// <summary>Chosen, dropped or pasted; its upload has begun.</summary>
    public event Action<Attached>? Picked;
    /// <summary>Key, percent.</summary>
    public event Action<string, int>? Uploading;
    /// <summary>Key, what the server answered.</summary>
    public event Action<string, string>? Uploaded;
    /// <summary>Key, the refusal's code; empty: not reached.</summary>
    public event Action<string, string>? NotUploaded;

    public void Attach() => js.InvokeVoid("beseda.attach", self);

    public string Language => js.Invoke<string>("beseda.language");

    /// <summary>The conversation named by the address.</summary>
    public long? Place => js.Invoke<long?>("beseda.place");

    /// <summary>The page at the address that is no conversation: <c>channels</c>, <c>reports</c>; null: there are conversations.</summary>
    public string? Sheet => js.Invoke<string?>("beseda.sheet");

    /// <summary>Path and query.</summary>
    public string Address => js.Invoke<string?>("beseda.address") ?? "";

    /// <param name="instead">Of the present one: there is no way back to it.</param>
    public void Go(string address, bool instead = false) => js.InvokeVoid("beseda.go", address, instead);

    /// <summary>Hands over a picture to keep.</summary>
    /// <param name="png">Drawn twice as large; else as it is.</param>
    public void Save(string name, string svg, bool png) => js.InvokeVoid("beseda.savePicture", name, svg, png);

    public bool LooksSignedIn => js.Invoke<bool>("beseda.looksSignedIn");

    /// <summary>The desk, asked for while the runtime was still loading; null when that failed or was used before.</summary>
    public ValueTask<string?> EarlyDeskAsync() => js.InvokeAsync<string?>("beseda.earlyDesk");

    /// <summary>How far the server's clock is ahead, for waiting times.</summary>
    public void SetClock(DateTimeOffset now) => js.InvokeVoid("beseda.setClock", now.ToUnixTimeMilliseconds());

    public void Follow(long since, string journal) => js.InvokeVoid("beseda.feed.follow", since, journal);

    /// <summary>Tells the other tabs <c>signedIn</c> or <c>signedOut</c>.</summary>
    public void Announce(string what) => js.InvokeVoid("beseda.feed.announce", what);

    public void StopFeed() => js.InvokeVoid("beseda.feed.stop");

    /// <summary>Frames of this conversation are handed over at once, not with the next slice.</summary>
    public void Watch(long? conversation) => js.InvokeVoid("beseda.feed.watch", conversation);

    /// <summary>Local day and time of day, by the browser's own rules.</summary>
    public Moment Moment(DateTimeOffset at)
    {
        var parts = js.Invoke<string[]>("beseda.moment", at.ToUnixTimeMilliseconds());
        return new Moment(parts[0], parts[1], parts[2]);
    }

    /// <summary>The conversation on the page: its address, its draft, its scrolling.</summary>
    public void Show(long? conversation) => js.InvokeVoid("beseda.show", conversation);

    /// <summary>A page that is no conversation.</summary>
    public void ShowPage(string page) => js.InvokeVoid("beseda.show", null, page);

    /// <summary>Whose drafts are kept from here on.</summary>
    public void Own(string owner) => js.InvokeVoid("beseda.own", owner);

    /// <summary>The timeline was drawn: sticks to its end, watches its edges.</summary>
    public void Drawn(bool fresh) => js.InvokeVoid("beseda.drawn", fresh);

    public void ToEnd() => js.InvokeVoid("beseda.toEnd");

    public void Focus(string selector) => js.InvokeVoid("beseda.focus", selector);

    /// <summary>Opens a menu beside what it is about.</summary>
    public void OpenMenu(string id, string beside) => js.InvokeVoid("beseda.openMenu", id, beside);

    public void Copy(string text) => js.InvokeVoid("beseda.copy", text);

    /// <summary>Puts this text into the composer, in place of the draft, which is kept; null: brings the draft back.</summary>
    public void Edit(string? text) => js.InvokeVoid("beseda.edit", text);

    /// <summary>As if the operator had pressed Enter.</summary>
    public void Send() => js.InvokeVoid("beseda.send");

    public void RetryFile(string key) => js.InvokeVoid("beseda.files.retry", key);

    public void DropFile(string key) => js.InvokeVoid("beseda.files.drop", key);

    public void OpenDialog(string id) => js.InvokeVoid("beseda.openDialog", id);

    public void CloseDialog(string id) => js.InvokeVoid("beseda.closeDialog", id);

    public void Title(string title) => js.InvokeVoid("beseda.title", title);

    public void SwitchTheme() => js.InvokeVoid("beseda.switchTheme");

    public void SwitchLanguage(string tag) => js.InvokeVoid("beseda.switchLanguage", tag);

    /// <summary>Forgets drafts and starts the page anew, as somebody else may sit here next.</summary>
    public void Leave() => js.InvokeVoid("beseda.leave");

    public void AdoptForm() => js.InvokeVoid("beseda.adoptForm");

    public void Set(string key, string value) => js.InvokeVoid("beseda.store", key, value);

    public void Remove(string key) => js.InvokeVoid("beseda.store", key, null);

    public IReadOnlyList<string> All(string prefix) => js.Invoke<string[]>("beseda.stored", prefix);

    [JSInvokable]
    public void OnSlice(string[] frames) => Sliced?.Invoke(frames);

    [JSInvokable]
    public void OnConnection(bool live) => ConnectionChanged?.Invoke(live);

    [JSInvokable]
    public void OnLost() => Lost?.Invoke();

    [JSInvokable]
    public void OnSignedOut() => SignedOut?.Invoke();

    [JSInvokable]
    public void OnVisible(bool visible) => VisibilityChanged?.Invoke(visible);

    [JSInvokable]
    public void OnAct(string what) => Acted?.Invoke(what);

    [JSInvokable]
    public void OnSend(string text) => Sent?.Invoke(text);

    [JSInvokable]
    public void OnTyping(bool typing) => Typed?.Invoke(typing);

    [JSInvokable]
    public void OnEdge(bool up) => EdgeNeared?.Invoke(up);

    [JSInvokable]
    public void OnEnd(bool reached) => EndReached?.Invoke(reached);

    [JSInvokable]
    public void OnPicked(string key, long conversation, string name, long size, string contentType, string? preview) =>
        Picked?.Invoke(new Attached(key, conversation, name, size, contentType, preview));

    [JSInvokable]
    public void OnUploading(string key, int percent) => Uploading?.Invoke(key, percent);

    [JSInvokable]
    public void OnUploaded(string key, string answer) => Uploaded?.Invoke(key, answer);

    [JSInvokable]
    public void OnNotUploaded(string key, string code) => NotUploaded?.Invoke(key, code);

    [JSInvokable]
    public void OnNavigated(long? conversation) => Navigated?.Invoke(conversation);

    public void Dispose() => self.Dispose();
}

/// <param name="Day">Sorts and compares: 2026-03-12.</param>
/// <param name="DayLabel">12 March, or today.</param>
public readonly record struct Moment(string Day, string DayLabel, string Time);
