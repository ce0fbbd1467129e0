using System.Collections.Immutable;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Journal;
using Beseda.Server.Doors;
using Beseda.Server.Operators;

namespace Beseda.Server.Channels;

/// <summary><c>/api/admin/channels</c>: connecting platforms.</summary>
internal static class EditChannels
{
    private const int MaxText = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static void MapChannelSettings(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/channels", All);
        admin.MapGet("/channels/kinds", () => TypedResults.Ok<IReadOnlyList<Wire.ChannelKind>>([.. Platforms.All.Select(one => one.Description)]));
        admin.MapPost("/channels", Add);
        admin.MapPut("/channels/{id:long}", Change);
        admin.MapDelete("/channels/{id:long}", Remove);
        admin.MapPost("/channels/{id:long}/check", CheckNow);
        admin.MapPost("/channels/{id:long}/test", Test);
        admin.MapPost("/channels/{id:long}/replay", Replay);
    }

    private static async Task<IResult> All(OperatorPrincipal caller, ChatJournal journal, Connections connections)
    {
        var state = await journal.StateAsync(caller.Account);
        return TypedResults.Ok<IReadOnlyList<Wire.ChannelSettings>>(await journal.Readers.ReadAsync(session =>
            state.Channels.Values.Select(one => Told(session, connections, caller.Account, one, state.Seq)).ToList()));
    }

    private static async Task<IResult> Add(Wire.ChannelSettings request, OperatorPrincipal caller, HttpContext http, ChannelDesk desk)
    {
        if (Platforms.Find(request.Kind) is not { } platform)
            return Problems.Invalid("kind", "There is no such kind of channel.");
        var secrets = request.Secrets ?? ImmutableSortedDictionary<string, string>.Empty;
        if ((Check(request) ?? Missing(platform, request, secrets)) is { } wrong)
            return wrong;
        var channel = Of(request, default, desk.Connections.Seal(secrets));
        return await desk.SaveAsync(http, caller, null, channel);
    }

    private static async Task<IResult> Change(long id, Wire.ChannelSettings request, OperatorPrincipal caller, HttpContext http, ChannelDesk desk)
    {
        var state = await desk.Journal.StateAsync(caller.Account);
        if (state.Channels.GetValueOrDefault(new ChannelId(id)) is not { } before)
            return Problems.Of(Refusal.ChannelNotFound);
        if (Platforms.Find(before.Kind) is not { } platform || request.Kind != before.Kind)
            return Problems.Invalid("kind", "A channel stays of its kind.");
        var secrets = desk.Connections.Unseal(before.Secrets).SetItems((request.Secrets ?? ImmutableSortedDictionary<string, string>.Empty).Where(one => one.Value.Length > 0));
        if ((Check(request) ?? Missing(platform, request, secrets)) is { } wrong)
            return wrong;
        var rotated = request.Secrets?.Values.Any(value => value.Length > 0) is true;
        var channel = Of(request, before.Id, rotated ? desk.Connections.Seal(secrets) : before.Secrets);
        return await desk.SaveAsync(http, caller, before, channel with { Settings = before.Settings.SetItems(channel.Settings) });
    }

    private static async Task<IResult> Remove(long id, OperatorPrincipal caller, HttpContext http, ChannelDesk desk) =>
        (await desk.Journal.StateAsync(caller.Account)).Channels.GetValueOrDefault(new ChannelId(id)) is { } channel
            ? await desk.RemoveAsync(http, caller, channel)
            : Problems.Of(Refusal.ChannelNotFound);

    private static async Task<IResult> CheckNow(long id, OperatorPrincipal caller, ChannelDesk desk, ChannelWatch watch, HttpContext http)
    {
        var state = await desk.Journal.StateAsync(caller.Account);
        if (state.Channels.GetValueOrDefault(new ChannelId(id)) is not { } channel || desk.Connections.Of(caller.Account, channel) is not { } connected)
            return Problems.Of(Refusal.ChannelNotFound);
        if (channel.Enabled)
            await watch.CheckAsync(caller.Account, connected, http.RequestAborted);
        return TypedResults.Ok(await desk.Journal.Readers.ReadAsync(session => Told(session, desk.Connections, caller.Account, channel, state.Seq)));
    }

    private static async Task<IResult> Test(long id, Wire.ChannelTest request, OperatorPrincipal caller, ChannelDesk desk, HttpContext http)
    {
        var state = await desk.Journal.StateAsync(caller.Account);
        if (state.Channels.GetValueOrDefault(new ChannelId(id)) is not { Enabled: true } channel || desk.Connections.Of(caller.Account, channel) is not { } connected)
            return Problems.Of(Refusal.ChannelNotFound);
        if (request.Text?.Length > MaxText)
            return Problems.Invalid("text", $"At most {MaxText} characters.");
        var to = request.To ?? await desk.Journal.Readers.ReadAsync(session => ChannelHealth.LastFrom(session, caller.Account, channel.Id));
        if (to is null)
            return Problems.Of(409, "nobody-wrote", "Nobody has written in this channel yet: write to it first.");
        try
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            enough.CancelAfter(Patience);
            var text = MessageText.Clean(request.Text ?? $"Beseda: {state.Account.Name}");
            var sent = await connected.Connection.SendAsync(new Part(to, text, Random.Shared.Next()) { Mark = "", Automatic = true }, enough.Token);
            return TypedResults.Ok(new Wire.ChannelTested(to, sent.External));
        }
        catch (Exception failure) when (PlatformException.Covers(failure) && !http.RequestAborted.IsCancellationRequested)
        {
            return Refused(channel.Kind, PlatformException.Of(failure));
        }
    }

    private static async Task<IResult> Replay(long id, OperatorPrincipal caller, ChatJournal journal, Waiting waiting, Connections connections, HttpContext http)
    {
        var state = await journal.StateAsync(caller.Account);
        if (state.Channels.GetValueOrDefault(new ChannelId(id)) is not { } channel)
            return Problems.Of(Refusal.ChannelNotFound);
        await waiting.ReplayAsync(caller.Account, channel.Id, http.RequestAborted);
        return TypedResults.Ok(await journal.Readers.ReadAsync(session => Told(session, connections, caller.Account, channel, state.Seq)));
    }

    /// <summary>What is refused is the first secret that its kind asks for.</summary>
    public static IResult Refused(string kind, PlatformException failure) => failure.Fault switch
    {
        PlatformFault.Account => Problems.Of(422, "token-refused", "The platform does not accept the token.",
            new Dictionary<string, string> { [Platforms.Find(kind)?.Description.Fields.FirstOrDefault(field => field.Secret)?.Name ?? "token"] = failure.Code }),
        PlatformFault.Later or PlatformFault.Uncertain => Problems.Of(502, "platform-unreachable", $"The platform does not answer: {failure.Code}."),
        _ => Problems.Of(422, "platform-refused", $"The platform refuses: {failure.Code}."),
    };

    public static Wire.ChannelSettings Told(Session session, Connections connections, AccountId account, Channel channel, long head) => new(
        channel.Kind, channel.Name, channel.Enabled, channel.Department?.Value, channel.Language,
        channel.Texts.ToDictionary(pair => pair.Key, pair => Told(pair.Value)),
        channel.Settings.Where(one => one.Key != Link).ToDictionary(), Secrets: null, channel.Id.Value,
        connections.Of(account, channel)?.Door?.ToString(), channel.Settings.GetValueOrDefault(Link), ChannelHealth.Read(session, account, channel, head),
        connections.Of(account, channel)?.Connection.VerifyToken);

    /// <summary>Kept among the settings.</summary>
    public const string Link = "link";

    private static Channel Of(Wire.ChannelSettings request, ChannelId id, string secrets) => new(
        id, request.Kind, MessageText.CleanLine(request.Name), request.Enabled,
        request.Department is { } department ? new DepartmentId(department) : null, request.Language,
        (request.Texts ?? new Dictionary<string, Wire.DialogueTexts>()).ToImmutableSortedDictionary(pair => pair.Key, pair => From(pair.Value)),
        (request.Settings ?? new Dictionary<string, string>()).ToImmutableSortedDictionary(pair => pair.Key, pair => MessageText.CleanLine(pair.Value)), secrets);

    private static IResult? Check(Wire.ChannelSettings request)
    {
        if (request.Name.Length > Checks.MaxLine)
            return Problems.Invalid("name", $"At most {Checks.MaxLine} characters.");
        if (!Dialogue.Standard.ContainsKey(request.Language))
            return Problems.Invalid("language", $"One of {string.Join(", ", Dialogue.Standard.Keys)}.");
        if (request.Texts?.Keys.FirstOrDefault(language => language.Length != 2) is not null)
            return Problems.Invalid("texts", "By a language's two letters.");
        var texts = request.Texts?.Values.SelectMany(one => (string?[])[one.Greeting, one.Wait, one.Away, one.Joined, one.Closed, one.Rate, one.Recommend, one.Thanks, one.CloseButton]);
        if (texts?.Any(text => text?.Length > MaxText) is true)
            return Problems.Invalid("texts", $"At most {MaxText} characters each.");
        return request.Settings?.Count > 50 || request.Settings?.Any(one => one.Value.Length > MaxText) is true ? Problems.Invalid("settings", "Too long.") : null;
    }

    private static IResult? Missing(IPlatform platform, Wire.ChannelSettings request, IReadOnlyDictionary<string, string> secrets)
    {
        foreach (var field in platform.Description.Fields)
        {
            var given = field.Secret ? secrets.GetValueOrDefault(field.Name) : request.Settings?.GetValueOrDefault(field.Name);
            if (field.Required && string.IsNullOrWhiteSpace(given))
                return Problems.Invalid(field.Name, "This is needed.");
            if (field.Choices is { } choices && !string.IsNullOrEmpty(given) && !choices.Contains(given))
                return Problems.Invalid(field.Name, $"One of {string.Join(", ", choices)}.");
        }

        return null;
    }

    private static Wire.DialogueTexts Told(DialogueTexts texts) => new(
        texts.Greeting, texts.Wait, texts.Away, texts.Joined, texts.Closed, texts.Rate, texts.Recommend, texts.Thanks, texts.CloseButton);

    private static DialogueTexts From(Wire.DialogueTexts texts) => new(
        Clean(texts.Greeting), Clean(texts.Wait), Clean(texts.Away), Clean(texts.Joined), Clean(texts.Closed), Clean(texts.Rate), Clean(texts.Recommend),
        Clean(texts.Thanks), Clean(texts.CloseButton));

    private static string? Clean(string? text) => text is null ? null : MessageText.Clean(text);
}
