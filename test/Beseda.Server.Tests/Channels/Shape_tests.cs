using System.Text.Json.Nodes;
using System.Text;
using Beseda.Domain;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Messenger;
using Beseda.Platforms.Telegram;
using Beseda.Server.Channels;
using Beseda.Server.Doors;
using Beseda.Server.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Beseda.Server.Tests.Channels;

/// <summary>A platform may tell anything: it is understood, or kept as not understood, and nothing falls over it.</summary>
public sealed class Shape_tests
{
    /// <summary>All that speak JSON; of letters see <see cref="Letter_shape_tests"/>.</summary>
    public static readonly TheoryData<Cast> Told = [.. Casts.All.Where(cast => cast != Cast.Mail)];

    [Theory]
    [MemberData(nameof(Told))]
    public async Task No_update_of_whatever_shape_is_more_than_not_understood(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        await HappenAsync(stage);
        var state = await stage.Company.Journal.StateAsync(stage.Company.Id);
        var channel = state.Channels[new ChannelId(stage.Channel.Id!.Value)];
        var connection = stage.Server.Services.GetRequiredService<Connections>().Of(stage.Company.Id, channel)!.Connection;
        var salt = DoorAddress.SaltOf(stage.Server.Services.GetRequiredService<InstallKey>(), stage.Company.Id, channel.Id);

        var golden = stage.Account.Deliveries.Select(one => one.Body).DistinctBy(Outline).ToList();
        Assert.InRange(golden.Count, 5, 100);
        var (read, understood) = (0, 0);
        foreach (var shape in golden.SelectMany(Shapes.Of))
        {
            var body = Encoding.UTF8.GetBytes(shape);
            try
            {
                foreach (var item in connection.Read(new Arrival(body, Signed(stage, salt, body), QueryCollection.Empty, HttpMethods.Post)).Items)
                {
                    read++;
                    understood += IsSane(item.Update) ? 1 : 0;
                    Assert.True(item.Key.Length > 0 && IsSane(connection.Parse(item.Raw)) == IsSane(item.Update));
                }
            }
            catch (Exception fallen)
            {
                Assert.Fail($"{shape[..Math.Min(shape.Length, 1_000)]}\n{fallen}");
            }
        }

        Assert.InRange(understood, 100, read - 100);
    }

    [Theory]
    [MemberData(nameof(Told))]
    public async Task No_update_of_whatever_shape_holds_up_what_comes_after_it(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        var (visitor, conversation) = await stage.TalkAsync();
        var salt = DoorAddress.SaltOf(stage.Server.Services.GetRequiredService<InstallKey>(), stage.Company.Id, new ChannelId(stage.Channel.Id!.Value));
        var written = stage.Account.Deliveries.Select(one => one.Body).Last(body => body.Contains(visitor.Id, StringComparison.Ordinal) && body.Contains("message", StringComparison.Ordinal));
        using var http = new HttpClient();

        await Parallel.ForEachAsync(Shapes.Of(written), TestContext.Current.CancellationToken, async (shape, stop) =>
        {
            using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(shape));
            foreach (var (name, value) in Signed(stage, salt, Encoding.UTF8.GetBytes(shape)))
                body.Headers.TryAddWithoutValidation(name, value.ToString());
            using var answer = await http.PostAsync(new Uri(stage.Channel.Door!), body, stop);
            Assert.True((int)answer.StatusCode is 200 or 403 or 503, $"{(int)answer.StatusCode} {shape[..Math.Min(shape.Length, 1_000)]}");
        });

        visitor.Write("И всё же");
        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one.Text == "И всё же"));
        Assert.Empty(stage.Errors);
    }

    [Fact]
    public async Task One_strange_update_among_those_that_are_asked_for_holds_up_no_other()
    {
        await using var stage = await Stage.SetAsync(Cast.Telegram, settings: new() { ["mode"] = "poll" });
        var (visitor, conversation) = await stage.TalkAsync();

        ((TelegramBot)stage.Account).Tell("message", new JsonObject { ["message_id"] = 7, ["date"] = long.MaxValue, ["chat"] = "?" });
        visitor.Write("А я о своём");

        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one.Text == "А я о своём"));
        await Stage.UntilAsync(async () => await stage.LookAsync() is { Health.NotUnderstood: 1 } told ? told : null);
    }

    /// <summary>All that a customer can do, and what a platform says of it.</summary>
    private static async Task HappenAsync(Stage stage)
    {
        var (visitor, conversation) = await stage.TalkAsync();
        await stage.Clerk.WriteAsync(conversation, "Слушаю");
        var heard = await visitor.SeesAsync("Слушаю");
        var id = visitor.Write("Отвечаю", heard.Id);
        Action[] deeds =
        [
            () => visitor.Send(Media.Photo(7), "Вот"), () => visitor.Send(Media.Document(new byte[] { 1 }, "a.bin")), () => visitor.Send(Media.Voice()),
            () => visitor.Send(Media.Sticker()), () => visitor.SendCard(new Card("79001234567", "Мария")), () => visitor.SendPlace(new Place(55.7, 37.6)),
            () => visitor.Edit(id, "Отвечаю иначе"), visitor.Type, visitor.Read, () => visitor.Start("promo"), () => visitor.Press("Завершить чат"),
            visitor.Block, visitor.Unblock,
        ];
        foreach (var deed in deeds)
        {
            try
            {
                deed();
            }
            catch (Exception unable) when (unable is NotSupportedException or InvalidOperationException)
            {
                // The messenger cannot do it, or shows no such button any more.
            }
        }

        await stage.Account.DeliveredAsync();
    }

    /// <summary>What members it has, of whatever worth.</summary>
    private static string Outline(string json) => Outline(JsonNode.Parse(json));

    private static string Outline(JsonNode? node) => node switch
    {
        JsonObject all => $"{{{string.Join(',', all.Select(one => $"{one.Key}:{Outline(one.Value)}"))}}}",
        JsonArray all => $"[{string.Join(',', all.Select(Outline))}]",
        _ => "",
    };

    /// <summary>As its platform proves that it comes from there; VK does inside.</summary>
    private static HeaderDictionary Signed(Stage stage, string salt, byte[] body) => new()
    {
        ["X-Telegram-Bot-Api-Secret-Token"] = salt,
        ["X-Viber-Content-Signature"] = Signature.Of(stage.Account.Token, body),
        ["X-Hub-Signature-256"] = stage.Account is MessengerPage page ? $"sha256={Signature.Of(page.AppSecret, body)}" : "",
    };

    /// <returns>False: it is kept, or of no consequence.</returns>
    private static bool IsSane(Update update)
    {
        Assert.NotNull(update.From);
        switch (update)
        {
            case Update.Unknown unknown:
                Assert.InRange(unknown.Why.Length, 1, 200);
                return false;
            case Update.Nothing:
                return false;
            case Update.Wrote wrote:
                Assert.False(string.IsNullOrEmpty(wrote.Id) || wrote.Text is null);
                Assert.All(wrote.Files, file => Assert.False(string.IsNullOrEmpty(file.Source) || FileName.Clean(file.Name).Length == 0 || file.ContentType is null));
                break;
            case Update.Pressed pressed:
                Assert.False(pressed.Id is null || pressed.Payload is null || pressed.Label is null);
                break;
            case Update.Confirmed confirmed:
                Assert.All(confirmed.Ids, Assert.NotNull);
                break;
        }

        Assert.NotEqual("", update.From);
        return true;
    }
}
