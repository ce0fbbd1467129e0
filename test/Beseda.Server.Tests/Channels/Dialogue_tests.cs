using System.Net.Http.Headers;
using Beseda.Platforms.Customers;
using Beseda.Protocol;
using AuthorKind = Beseda.Protocol.AuthorKind;

namespace Beseda.Server.Tests.Channels;

/// <summary>The dialogue of the case in every messenger, from Start to the rating.</summary>
public sealed class Dialogue_tests
{
    public static readonly TheoryData<Cast> All = [.. Casts.All];

    [Theory]
    [MemberData(nameof(All))]
    public async Task From_start_to_rating_with_every_update_twice_and_out_of_order(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        stage.Faults.Duplicate = true;
        stage.Faults.Disorder = TimeSpan.FromSeconds(2);
        var visitor = stage.Account.Meet("Мария Иванова");

        visitor.Start("promo7");
        if (cast.OpensSilently)
            await visitor.SeesAsync(said => said.Text!.StartsWith("Здравствуйте! Это Общество.", StringComparison.Ordinal));
        await stage.Account.DeliveredAsync();
        if (cast.OpensSilently)
            visitor.Write("Здравствуйте");
        await visitor.SeesAsync("Пожалуйста, подождите, оператор скоро подключится.");

        var conversation = await stage.ConversationAsync();
        Assert.Equal((cast.Name, "Мария Иванова"), (conversation.Channel, conversation.Visitor.Name));
        (await stage.Clerk.DoAsync(conversation.Id, "take")).Must(204);
        await visitor.SeesAsync("Анна присоединяется к разговору.");

        string[] questions = [.. Enumerable.Range(1, 8).Select(i => $"Вопрос {i}: почему нет интернета?")];
        foreach (var question in questions)
            visitor.Write(question);
        var photo = Media.Photo(90);
        visitor.Send(photo, "Вот роутер");
        var heard = (await HeardAsync(stage, conversation.Id, questions.Length + 1 + (cast.OpensSilently || cast.StartsInWords ? 1 : 0) + (cast.PartsCaptions ? 1 : 0)))
            .Select(one => one.Text!).Where(text => text is not ("Здравствуйте" or "")).ToList();
        Assert.Equal(questions.Append("Вот роутер").Order(), heard.Order());
        if (cast.IsOrdered)
            Assert.Equal(questions.Append("Вот роутер"), heard);
        Assert.Equal(photo.Bytes.ToArray(), await BytesAsync(stage, conversation.Id));

        await stage.Clerk.WriteAsync(conversation.Id, "Проверьте, пожалуйста: https://example.com/help");
        await visitor.SeesAsync("Проверьте, пожалуйста: https://example.com/help");
        var picture = Picture.Png(120, 80, 33);
        await SendPictureAsync(stage, conversation.Id, picture, "Схема");
        var shown = await visitor.SeesAsync(said => said.Media.Count > 0);
        if (cast.MakesPhotos)
            Assert.Equal(("image/jpeg", (120, 80)), (shown.Media[0].MimeType, Picture.Measure(shown.Media[0].Bytes.Span)!.Value));
        else
            Assert.Equal(picture, shown.Media[0].Bytes.ToArray());

        visitor.Press("Завершить чат");
        await visitor.SeesAsync("Разговор завершён. Пишите, когда понадобимся.");
        await visitor.SeesAsync("Как вам помог оператор Анна?");
        visitor.Press("5 ★");
        await visitor.SeesAsync("Спасибо! Ваша оценка помогает нам стать лучше.");
        await stage.Account.DeliveredAsync();

        var told = (await stage.Clerk.TimelineAsync(conversation.Id, "?limit=200")).Events;
        Assert.Equal(5, Assert.Single(told.OfType<ConversationRated>()).Score);
        Assert.Equal(ClosedBy.Visitor, Assert.Single(told.OfType<ConversationClosed>()).By);
        var received = visitor.Chat.Received.Where(said => said.Text?.Length > 0).Select(said => said.Text).ToList();
        Assert.Equal(received.Distinct(), received);
        Assert.Empty(stage.Errors);
    }

    private static async Task<IReadOnlyList<MessagePosted>> HeardAsync(Stage stage, long conversation, int count) => await Stage.UntilAsync(async () =>
    {
        var messages = (await stage.MessagesAsync(conversation)).Where(one => one.Author.Kind == AuthorKind.Visitor).ToList();
        return messages.Count >= count && messages.SelectMany(one => one.Files).All(file => file.Url is not null) ? messages : null;
    });

    private static async Task<byte[]> BytesAsync(Stage stage, long conversation)
    {
        var file = (await stage.MessagesAsync(conversation)).SelectMany(one => one.Files).Single();
        Assert.Equal("image/png", file.ContentType);
        using var http = new HttpClient();
        return await http.GetByteArrayAsync(new Uri(stage.Server.Address, file.Url), TestContext.Current.CancellationToken);
    }

    private static async Task SendPictureAsync(Stage stage, long conversation, byte[] picture, string text)
    {
        using var part = new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        using var body = new MultipartFormDataContent { { part, "file", "схема.png" } };
        var file = (await stage.Clerk.Caller.SendAsync(HttpMethod.Post, "/api/operator/files", body)).Read<FileLink>();
        (await stage.Clerk.DoAsync(conversation, "messages", new OperatorMessage(Names.New("o"), text, Files: [file.Id]))).Must(200);
    }
}
