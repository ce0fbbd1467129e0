using System.Text;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Telegram;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace Beseda.Platforms.Tests.Telegram;

/// <summary>The Bot API as the client most .NET programs use understands it.</summary>
public sealed class Client_tests : IAsyncLifetime
{
    private Town town = null!;
    private TelegramBot bot = null!;
    private TelegramCustomer anna = null!;
    private TelegramBotClient client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        town = await Town.StartAsync(pace: 0.05);
        bot = town.Telegram.Open("Помощник");
        anna = bot.Meet("Анна Каренина");
        client = new TelegramBotClient(new TelegramBotClientOptions(bot.Token, town.Address.AbsoluteUri) { RetryThreshold = 0 });
    }

    public ValueTask DisposeAsync() => town.DisposeAsync();

    [Fact]
    public async Task The_bot_knows_who_it_is()
    {
        var me = await client.GetMe(Stop);
        Assert.Equal((bot.Id, bot.Name, true), ($"{me.Id}", me.FirstName, me.IsBot));
    }

    [Fact]
    public async Task A_start_with_a_payload_and_what_is_written_after_it_come_by_polling_once()
    {
        anna.Start("promo7");
        var written = anna.Write("Здравствуйте");
        var updates = await client.GetUpdates(cancellationToken: Stop);
        Assert.Equal(["/start promo7", "Здравствуйте"], updates.Select(u => u.Message!.Text));
        Assert.Equal(MessageEntityType.BotCommand, updates[0].Message!.Entities![0].Type);
        Assert.Equal(written, $"{updates[1].Message!.Id}");
        Assert.Equal(("Анна", "Каренина", "ru", ChatType.Private), (updates[1].Message!.From!.FirstName, updates[1].Message!.From!.LastName, updates[1].Message!.From!.LanguageCode, updates[1].Message!.Chat.Type));
        Assert.InRange(updates[1].Message!.Date, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow.AddMinutes(1));

        Assert.Empty(await client.GetUpdates(updates[^1].Id + 1, cancellationToken: Stop));
        Assert.Equal(0, bot.PendingUpdates);
    }

    [Fact]
    public async Task A_poll_waits_for_what_is_not_yet_written()
    {
        var polling = client.GetUpdates(timeout: 30, cancellationToken: Stop);
        await bot.Calls.WaitAsync("getMe", 0);
        anna.Start();
        Assert.Equal("/start", Assert.Single(await polling).Message!.Text);
    }

    [Fact]
    public async Task What_the_bot_sends_is_what_the_customer_sees()
    {
        anna.Start();
        var chat = new ChatId(anna.Person.Number);
        await client.SendChatAction(chat, ChatAction.Typing, cancellationToken: Stop);
        Assert.True(anna.Chat.Typing);
        var sent = await client.SendMessage(chat, "<b>Добрый</b> день", ParseMode.Html, replyMarkup: new InlineKeyboardMarkup(InlineKeyboardButton.WithCallbackData("Да", "yes"), InlineKeyboardButton.WithUrl("Сайт", "https://example.org")), cancellationToken: Stop);
        Assert.Equal(("Добрый день", MessageEntityType.Bold), (sent.Text, sent.Entities![0].Type));
        var seen = await anna.SeesAsync("Добрый день");
        Assert.Equal([("Да", ButtonKind.Callback), ("Сайт", ButtonKind.Link)], seen.Buttons[0].Select(b => (b.Label, b.Kind)));
        Assert.False(anna.Chat.Typing);

        using var picture = new MemoryStream(Picture.Png(300, 200, 10));
        var photo = await client.SendPhoto(chat, InputFile.FromStream(picture, "фото.png"), "Смотрите", replyParameters: sent.Id, cancellationToken: Stop);
        Assert.Equal((300, 200, sent.Id), (photo.Photo![^1].Width, photo.Photo[^1].Height, photo.ReplyToMessage!.Id));
        Assert.Equal(Picture.Png(300, 200, 10), (await anna.SeesAsync("Смотрите")).Media[0].Bytes.ToArray());
        await client.SendPhoto(chat, InputFile.FromFileId(photo.Photo[^1].FileId), cancellationToken: Stop);

        await client.EditMessageText(chat, sent.Id, "Добрый вечер", cancellationToken: Stop);
        Assert.True((await anna.SeesAsync("Добрый вечер")).Edited);
        await client.DeleteMessage(chat, sent.Id, Stop);
        Assert.Equal(2, anna.Chat.Received.Count);
    }

    [Fact]
    public async Task Albums_and_documents_travel_both_ways()
    {
        anna.Start();
        using var one = new MemoryStream(Picture.Png(8, 8, 1));
        using var two = new MemoryStream(Picture.Png(8, 8, 2));
        var album = await client.SendMediaGroup(anna.Person.Number, [new InputMediaPhoto(InputFile.FromStream(one, "1.png")), new InputMediaPhoto(InputFile.FromStream(two, "2.png")) { Caption = "вторая" }], cancellationToken: Stop);
        Assert.Single(album.Select(m => m.MediaGroupId).Distinct());
        Assert.Equal(Picture.Png(8, 8, 2), (await anna.SeesAsync("вторая")).Media[0].Bytes.ToArray());

        anna.Send(Media.Document("Договор"u8.ToArray(), "act.pdf", "application/pdf"), "см.");
        anna.Send(Media.Voice(7));
        anna.Send(Media.Sticker());
        anna.SendPlace(new Place(55.75, 37.61));
        anna.SendCard(new Card("79001234567", "Пётр"));
        anna.SendAlbum([Media.Photo(1), Media.Photo(2)], "две");
        var got = (await client.GetUpdates(cancellationToken: Stop)).Skip(1).Select(u => u.Message!).ToArray();
        Assert.Equal(("act.pdf", "application/pdf", "см."), (got[0].Document!.FileName, got[0].Document!.MimeType, got[0].Caption));
        Assert.Equal((7, "audio/ogg"), (got[1].Voice!.Duration, got[1].Voice!.MimeType));
        Assert.Equal(StickerType.Regular, got[2].Sticker!.Type);
        Assert.Equal(55.75, got[3].Location!.Latitude);
        Assert.Equal(("79001234567", null), (got[4].Contact!.PhoneNumber, got[4].Contact!.UserId));
        Assert.Equal(got[5].MediaGroupId, got[6].MediaGroupId);
        using var fetched = new MemoryStream();
        await client.GetInfoAndDownloadFile(got[0].Document!.FileId, fetched, Stop);
        Assert.Equal("Договор", Encoding.UTF8.GetString(fetched.ToArray()));
    }

    [Fact]
    public async Task Pressing_edits_and_a_block_reach_the_bot()
    {
        anna.Start();
        var id = anna.Write("раз");
        await client.SendMessage(anna.Person.Number, "?", replyMarkup: new InlineKeyboardMarkup(InlineKeyboardButton.WithCallbackData("Да", "yes:1")), cancellationToken: Stop);
        await client.SendMessage(anna.Person.Number, "!", replyMarkup: new ReplyKeyboardMarkup(new KeyboardButton("Нет"), KeyboardButton.WithRequestContact("Телефон")), cancellationToken: Stop);
        anna.Press("Да");
        anna.Press("Нет");
        anna.Press("Телефон");
        anna.Edit(id, "два");
        anna.Block();
        var got = (await client.GetUpdates(cancellationToken: Stop)).Skip(2).ToArray();
        Assert.Equal(("yes:1", "?"), (got[0].CallbackQuery!.Data, got[0].CallbackQuery!.Message!.Text));
        Assert.Equal("Нет", got[1].Message!.Text);
        Assert.Equal(anna.Person.Number, got[2].Message!.Contact!.UserId);
        Assert.Equal(("два", id), (got[3].EditedMessage!.Text, $"{got[3].EditedMessage!.Id}"));
        Assert.Equal(ChatMemberStatus.Kicked, got[4].MyChatMember!.NewChatMember.Status);

        await client.AnswerCallbackQuery(got[0].CallbackQuery!.Id, "Готово", cancellationToken: Stop);
        Assert.Equal(["Готово"], anna.Chat.Notices);
        await Refused(400, () => client.AnswerCallbackQuery(got[0].CallbackQuery!.Id, cancellationToken: Stop));
        await Refused(403, () => client.SendMessage(anna.Person.Number, "ау", cancellationToken: Stop));
        anna.Unblock();
        await client.SendMessage(anna.Person.Number, "ау", cancellationToken: Stop);
    }

    [Fact]
    public async Task Refusals_carry_the_platform_s_codes()
    {
        anna.Start();
        await Refused(400, () => client.SendMessage(1, "кому?", cancellationToken: Stop));
        await Refused(400, () => client.SendMessage(anna.Person.Number, new string('я', 4097), cancellationToken: Stop));
        await Refused(403, () => client.SendMessage(bot.Meet("Борис").Person.Number, "рано", cancellationToken: Stop));
        var sent = await client.SendMessage(anna.Person.Number, "то же", cancellationToken: Stop);
        Assert.Contains("message is not modified", (await Refused(400, () => client.EditMessageText(anna.Person.Number, sent.Id, "то же", cancellationToken: Stop))).Message, StringComparison.Ordinal);
        town.Telegram.Faults.Limit(retryAfter: 7);
        Assert.Equal(7, (await Refused(429, () => client.GetMe(Stop))).Parameters!.RetryAfter);
        town.Telegram.Faults.Fail();
        await Refused(500, () => client.GetMe(Stop));
        bot.Revoked = true;
        await Refused(401, () => client.GetMe(Stop));
    }

    [Fact]
    public async Task A_lost_answer_hides_a_message_that_was_sent()
    {
        anna.Start();
        town.Telegram.Faults.LoseAnswers(method: "sendMessage");
        await Assert.ThrowsAsync<RequestException>(() => client.SendMessage(anna.Person.Number, "один раз", cancellationToken: Stop));
        await anna.SeesAsync("один раз");
        Assert.True(Assert.Single(bot.Calls.Of("sendMessage")).Lost);
    }

    private static async Task<ApiRequestException> Refused(int code, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<ApiRequestException>(call);
        Assert.Equal(code, refusal.ErrorCode);
        return refusal;
    }
}
