using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace Beseda.Server.Channels.Telegram;

/// <summary>One bot.</summary>
internal sealed class TelegramConnection(ChannelAccess access) : IConnection, IPolled
{
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";
    private const int CaptionLength = 1_024;
    private const int ButtonsInRow = 5;
    private const long LargestPhoto = 10 * 1024 * 1024;
    private const int PollSeconds = 25;

    private static readonly UpdateType[] Wanted = [UpdateType.Message, UpdateType.EditedMessage, UpdateType.CallbackQuery, UpdateType.MyChatMember];

    private readonly TelegramBotClient? bot = Open(access);

    public bool Polls => Modes.Polls(access);

    private TelegramBotClient Bot => bot ?? throw new PlatformException(PlatformFault.Account, "no token of the form 123456:abc");

    public Task<Introduction> IntroduceAsync(CancellationToken stop) => CallAsync(async () =>
    {
        var me = await Bot.GetMe(stop);
        return new Introduction(
            me.FirstName, $"https://t.me/{me.Username}", ImmutableSortedDictionary<string, string>.Empty.Add("username", me.Username ?? ""));
    });

    public string Refer(string referral) => $"?start={referral}";

    public Task SubscribeAsync(CancellationToken stop) => CallAsync(async () =>
    {
        if (Polls)
            await Bot.DeleteWebhook(cancellationToken: stop);
        else
            await Bot.SetWebhook(access.Door!.ToString(), allowedUpdates: Wanted, secretToken: access.Salt, cancellationToken: stop);
        return true;
    });

    public Task<bool> IsSubscribedAsync(CancellationToken stop) => CallAsync(async () =>
    {
        var told = (await Bot.GetWebhookInfo(stop)).Url;
        return Polls ? told.Length == 0 : told == access.Door!.ToString();
    });

    public Task UnsubscribeAsync(CancellationToken stop) => CallAsync(async () =>
    {
        await Bot.DeleteWebhook(cancellationToken: stop);
        return true;
    });

    public Reading Read(Arrival arrival)
    {
        var secret = arrival.Headers[SecretHeader].ToString();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(access.Salt)))
            return Reading.Forged;
        return Reading.Of([TelegramUpdates.Read(arrival.Body)]);
    }

    public Update Parse(ReadOnlyMemory<byte> raw) => TelegramUpdates.Read(raw.ToArray()).Update;

    public Task<Polled> PollAsync(string? cursor, CancellationToken stop) => CallAsync(async () =>
    {
        var offset = cursor is null ? (long?)null : long.Parse(cursor, CultureInfo.InvariantCulture);
        var updates = await Bot.SendRequest(new RawUpdates { Offset = offset, Limit = 100, Timeout = PollSeconds, AllowedUpdates = Wanted }, stop);
        if (updates.Length == 0)
            return new Polled([], cursor ?? "0");
        // Without a number nothing can be confirmed: the same would be told again at once.
        var last = updates.Max(update => update.ValueKind == JsonValueKind.Object && update.TryGetProperty("update_id", out var id) && id.TryGetInt64(out var number) ? number : -1);
        return last >= 0
            ? new Polled([.. updates.Select(update => TelegramUpdates.Read(Encoding.UTF8.GetBytes(update.GetRawText())))], (last + 1).ToString(CultureInfo.InvariantCulture))
            : throw new PlatformException(PlatformFault.Later, "updates without numbers");
    });

    public Task<Sent> SendAsync(Part part, CancellationToken stop) => CallAsync(async () =>
    {
        var reply = part.ReplyTo is { } external ? new ReplyParameters { MessageId = Id(external), AllowSendingWithoutReply = true } : null;
        if (part.File is not { } file)
            return Told(await Bot.SendMessage(
                part.To, part.Text, replyParameters: reply, replyMarkup: Keyboard(part.Buttons), cancellationToken: stop));

        await using var content = await file.Open();
        var input = InputFile.FromStream(content, file.Name);
        var caption = part.Text.Length is > 0 and <= CaptionLength ? part.Text : null;
        return Told(file.IsPicture && file.File.Size <= LargestPhoto && file.File.ContentType != "image/gif"
            ? await Bot.SendPhoto(part.To, input, caption, replyParameters: reply, replyMarkup: Keyboard(part.Buttons), cancellationToken: stop)
            : await Bot.SendDocument(part.To, input, caption, replyParameters: reply, replyMarkup: Keyboard(part.Buttons), cancellationToken: stop));
    });

    public Task EditAsync(string to, string external, string text, CancellationToken stop) => CallAsync(async () =>
    {
        try
        {
            await Bot.EditMessageText(to, Id(external), text, cancellationToken: stop);
        }
        catch (ApiRequestException same) when (same.Message.Contains("message is not modified", StringComparison.Ordinal))
        {
            // It says that already.
        }

        return true;
    });

    public Task DeleteAsync(string to, string external, CancellationToken stop) => CallAsync(async () =>
    {
        try
        {
            await Bot.DeleteMessage(to, Id(external), stop);
        }
        catch (ApiRequestException gone) when (gone.Message.Contains("message to delete not found", StringComparison.Ordinal))
        {
            // It is gone already.
        }

        return true;
    });

    public Task ShowTypingAsync(string to, CancellationToken stop) => CallAsync(async () =>
    {
        await Bot.SendChatAction(to, ChatAction.Typing, cancellationToken: stop);
        return true;
    });

    public Task AnswerPressAsync(Update.Pressed press, CancellationToken stop) => CallAsync(async () =>
    {
        await Bot.AnswerCallbackQuery(press.Id, cancellationToken: stop);
        return true;
    });

    public Task<Fetched> FetchAsync(string source, CancellationToken stop) => CallAsync(async () =>
    {
        var file = await Bot.GetFile(source, stop);
        if (file.FilePath is not { } path)
            throw new PlatformException(PlatformFault.Refused, "the file has no path");
        var content = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await Bot.DownloadFile(path, content, stop);
            content.Position = 0;
            return new Fetched(content, null, null);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    });

    private static TelegramBotClient? Open(ChannelAccess access)
    {
        var address = access.Api.Or(TelegramPlatform.Standard).GetLeftPart(UriPartial.Authority);
        try
        {
            // The library would wait by itself when the platform asks for quiet; that is the sender's to do, for all of the channel.
            return new TelegramBotClient(new TelegramBotClientOptions(access.Secret(TelegramPlatform.Token), address) { RetryThreshold = 0, RetryCount = 0 }, access.Http);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static InlineKeyboardMarkup? Keyboard(ImmutableArray<Beseda.Domain.Channels.Button> buttons) => buttons.IsEmpty
        ? null
        : new InlineKeyboardMarkup(buttons.Chunk(ButtonsInRow).Select(row => row.Select(button => button.Url is { } url
            ? InlineKeyboardButton.WithUrl(button.Text, url)
            : InlineKeyboardButton.WithCallbackData(button.Text, button.Payload ?? button.Text))));

    private static Sent Told(Message message) => new(message.Id.ToString(CultureInfo.InvariantCulture));

    private static int Id(string external) => int.TryParse(external, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw new PlatformException(PlatformFault.Refused, "no number of a message");

    private static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ApiRequestException refusal)
        {
            throw TelegramFaults.Of(refusal);
        }
        catch (RequestException broken)
        {
            throw broken.InnerException is { } cause and (HttpRequestException or IOException or OperationCanceledException)
                ? PlatformException.Of(cause)
                : new PlatformException(
                    broken.HttpStatusCode is { } status && (int)status < 500 ? PlatformFault.Later : PlatformFault.Uncertain, $"HTTP {(int?)broken.HttpStatusCode}", cause: broken);
        }
    }
}
