using System.Net.Http.Headers;
using Beseda.Platforms.Mail;
using Beseda.Protocol;
using MimeKit;
using AuthorKind = Beseda.Protocol.AuthorKind;

namespace Beseda.Server.Tests.Channels;

/// <summary>What only mailboxes do.</summary>
public sealed class Mail_tests
{
    /// <summary>As it is without anybody having written texts for it.</summary>
    private static readonly Cast Quiet = Cast.Mail with { Texts = null };

    [Fact]
    public async Task An_answer_stands_in_the_thread_of_what_it_answers()
    {
        await using var stage = await Stage.SetAsync(Quiet);
        (await stage.Company.Admin.PutAsync($"/api/admin/channels/{stage.Channel.Id}", Quiet.Settings(stage.Account) with { Name = "Свет и Сеть" })).Must(200);
        var visitor = Customer(stage);
        var first = Receive(stage, visitor, "Subject: =?utf-8?B?0J3QtdGCINC40L3RgtC10YDQvdC10YLQsA==?=", "Не работает с утра.\n-- \nИван");
        var conversation = await stage.ConversationAsync();
        (await stage.Clerk.DoAsync(conversation.Id, "take")).Must(204);

        await stage.Clerk.WriteAsync(conversation.Id, "Проверяем: https://example.com/?a=1&b=2");
        var letter = await LetterAsync(visitor, 1);
        Assert.Equal(("Re: Нет интернета", first), (letter.Subject, letter.InReplyTo));
        Assert.Equal([first], letter.References);
        Assert.Equal((stage.Account.Id, "Свет и Сеть"), (letter.From.Mailboxes.Single().Address, letter.From.Mailboxes.Single().Name));
        Assert.Equal("Проверяем: https://example.com/?a=1&b=2", letter.TextBody!.Trim());
        Assert.Contains("<a href=\"https://example.com/?a=1&amp;b=2\">", letter.HtmlBody, StringComparison.Ordinal);
        Assert.False(letter.Headers.Contains("Auto-Submitted"));

        var second = Receive(stage, visitor, $"Subject: Re: Net\nIn-Reply-To: <{letter.MessageId}>\nReferences: <{first}> <{letter.MessageId}>", "Заработало!\n\n23.11.2026, 10:12, \"Офис\" <x@y.test>:\n> Проверяем");
        var heard = await HeardAsync(stage, conversation.Id, 2);
        Assert.Equal(["Нет интернета\n\nНе работает с утра.", "Заработало!"], heard.Select(one => one.Text));
        Assert.Equal("23.11.2026, 10:12, \"Офис\" <x@y.test>:\n> Проверяем", heard[1].Quoted);
        Assert.Equal((await stage.MessagesAsync(conversation.Id)).Single(one => one.Text!.StartsWith("Проверяем", StringComparison.Ordinal)).Seq, heard[1].ReplyTo);
        Assert.Equal("Иван Иванов", heard[0].Author.Name);

        (await stage.Clerk.DoAsync(conversation.Id, "messages", new OperatorMessage(Names.New("o"), "О первом", ReplyTo: heard[0].Seq))).Must(200);
        await stage.Clerk.WriteAsync(conversation.Id, "О последнем");
        Assert.Equal([(first, "Re: Нет интернета"), (second, "Re: Net")], new[] { await LetterAsync(visitor, 2), await LetterAsync(visitor, 3) }.Select(one => (one.InReplyTo!, one.Subject!)));
    }

    [Fact]
    public async Task A_mailbox_says_little_by_itself_and_is_rated_by_a_number()
    {
        await using var stage = await Stage.SetAsync(Quiet);
        var visitor = Customer(stage);
        Receive(stage, visitor, "Subject: Hello", "Вопрос");
        var conversation = await stage.ConversationAsync();
        (await stage.Clerk.DoAsync(conversation.Id, "take")).Must(204);
        await stage.Clerk.WriteAsync(conversation.Id, "Ответ");
        await LetterAsync(visitor, 1);

        (await stage.Clerk.DoAsync(conversation.Id, "close", new { })).Must(204);
        var asked = await LetterAsync(visitor, 2);
        Assert.Equal("Как вам помог оператор Анна? Ответьте на это письмо числом от 1 до 5.\n1 ★\n2 ★\n3 ★\n4 ★\n5 ★", asked.TextBody!.ReplaceLineEndings("\n").Trim());
        Assert.Equal(("auto-replied", "All"), (asked.Headers["Auto-Submitted"], asked.Headers["X-Auto-Response-Suppress"]));

        Receive(stage, visitor, $"Subject: Re: Hello\nIn-Reply-To: <{asked.MessageId}>", "4\n\n-- \nИван\n\n23.11.2026, 10:12, \"Офис\" <x@y.test>:\n> Как вам помог\n> 5 ★");
        Assert.Equal("Спасибо! Ваша оценка помогает нам стать лучше.", (await LetterAsync(visitor, 3)).TextBody!.Trim());
        var told = (await stage.Clerk.TimelineAsync(conversation.Id, "?limit=200")).Events;
        Assert.Equal(4, Assert.Single(told.OfType<ConversationRated>()).Score);
        Assert.Equal(3, visitor.Letters.Count);
    }

    [Fact]
    public async Task Files_go_and_come_in_one_letter()
    {
        await using var stage = await Stage.SetAsync(Quiet);
        var visitor = Customer(stage);
        var body = new BodyBuilder { TextBody = "Два файла" };
        body.Attachments.Add("../../договор\u202etxt.bin", [1, 2, 3, 0, 255], new ContentType("application", "octet-stream"));
        body.Attachments.Add("таблица.csv", "а;б\n1;2"u8.ToArray(), new ContentType("text", "csv"));
        Receive(stage, visitor, "Subject: Files", body.ToMessageBody());
        var conversation = await stage.ConversationAsync();
        var files = await FilesAsync(stage, conversation.Id, 2);
        Assert.Equal(["договорtxt.bin", "таблица.csv"], files.Select(file => file.Name));
        Assert.Equal([1, 2, 3, 0, 255], await BytesAsync(stage, files[0]));
        Assert.Equal("а;б\n1;2"u8.ToArray(), await BytesAsync(stage, files[1]));

        (await stage.Clerk.DoAsync(conversation.Id, "take")).Must(204);
        string[] sent = [await UploadAsync(stage, "счёт.bin", new byte[70_000]), await UploadAsync(stage, "акт.txt", "акт"u8.ToArray())];
        (await stage.Clerk.DoAsync(conversation.Id, "messages", new OperatorMessage(Names.New("o"), "Держите", Files: sent))).Must(200);
        var letter = await LetterAsync(visitor, 1);
        Assert.Equal("Держите", letter.TextBody!.Trim());
        Assert.Equal(["счёт.bin", "акт.txt"], letter.Attachments.OfType<MimePart>().Select(part => part.FileName));
    }

    [Fact]
    public async Task A_letter_in_HTML_is_read_as_text_and_its_form_is_kept_harmless()
    {
        await using var stage = await Stage.SetAsync(Quiet);
        var visitor = Customer(stage);
        var body = new BodyBuilder
        {
            HtmlBody = "<p>Вот <a href='https://example.com/x'>схема</a></p><script>alert(1)</script><img src='cid:new@x'><img src='https://evil.test/p'>"
                + "<table><tr><td>а</td><td>б</td></tr><tr><td>1</td><td>2</td></tr></table><div class='gmail_quote'>старое <img src='cid:old@x'></div>",
        };
        body.LinkedResources.Add("new.png", Beseda.Platforms.Customers.Picture.Png(9, 9, 9), new ContentType("image", "png")).ContentId = "new@x";
        body.LinkedResources.Add("old.png", Beseda.Platforms.Customers.Picture.Png(8, 8, 8), new ContentType("image", "png")).ContentId = "old@x";
        Receive(stage, visitor, "Subject: Scheme\nIn-Reply-To: <nothing@x>", body.ToMessageBody());

        var conversation = await stage.ConversationAsync();
        var files = await FilesAsync(stage, conversation.Id, 2);
        var message = (await HeardAsync(stage, conversation.Id, 1))[0];
        Assert.Equal(("Вот схема (https://example.com/x)\n\nа  б\n1  2", "старое"), (message.Text, message.Quoted));
        Assert.Equal(["new.png", "letter.html"], files.Select(file => file.Name));
        var page = System.Text.Encoding.UTF8.GetString(await BytesAsync(stage, files[1]));
        Assert.Contains("data:image/png;base64,", page, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(stage.Server.Address, files[1].Url), TestContext.Current.CancellationToken);
        Assert.Equal(("attachment", "application/octet-stream"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_of_every_make_are_read_and_strange_ones_hold_up_none()
    {
        await using var stage = await Stage.SetAsync(Quiet);
        var account = (MailAccount)stage.Account;
        var visitor = Customer(stage);
        Receive(stage, visitor, "Subject: start", "начало");
        var conversation = await stage.ConversationAsync();
        string From(string rest) => $"From: Ivan <{visitor.Id}>\nTo: {account.Id}\n{rest}";
        account.Receive("");
        account.Receive("\n\n\n");
        account.Receive("no header at all");
        account.Receive(From("Content-Type: multipart/mixed; boundary=x\n\nno such boundary"));
        account.Receive(From("Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/png; name=\"\u0000\"\nContent-Transfer-Encoding: base64\n\n!!!not base64!!!\n--x--\n"));
        account.Receive(From($"Subject: {new string('x', 5_000)}\nMessage-ID: <{new string('y', 3_000)}@z>\n\nдлинное"));
        account.Receive(From("Subject: none\n\nбез имени"));
        account.Receive(From("Message-ID: <koi@x>\nIn-Reply-To: <n@x>\nContent-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n0NLJ18XU"));
        account.Receive(From("Message-ID: <cp@x>\nIn-Reply-To: <n@x>\nContent-Type: text/html; charset=windows-1251\nContent-Transfer-Encoding: quoted-printable\n\n<b>=EC=E8=F0</b>"));
        account.Receive(From("Message-ID: <flowed@x>\nIn-Reply-To: <n@x>\nContent-Type: text/plain; format=flowed; charset=utf-8\n\nодна \nстрока"));
        account.Receive(From("Message-ID: <two@x>\nIn-Reply-To: <n@x>\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nfirst\n--x\nContent-Type: application/pdf; name=a.pdf\n\n%PDF-\n--x\nContent-Type: text/plain\n\nsecond\n--x--\n"));
        account.Receive($"From: site@form.test\nReply-To: Anna <{visitor.Id.ToUpperInvariant()}>\nMessage-ID: <form@x>\nIn-Reply-To: <n@x>\n\nиз формы");

        var heard = await Stage.UntilAsync(async () => await HeardAsync(stage, conversation.Id, 1) is var all && all.Any(one => one.Text == "из формы") ? all : null);
        var texts = heard.Select(one => one.Text).ToList();
        Assert.Contains("none\n\nбез имени", texts);
        Assert.Contains("привет", texts);
        Assert.Contains("мир", texts);
        Assert.Contains("одна строка", texts);
        Assert.Contains("first\n\nsecond", texts);
        Assert.Contains(texts, text => text!.StartsWith("xxx", StringComparison.Ordinal) && text.EndsWith("длинное", StringComparison.Ordinal));
        Assert.Single((await stage.Clerk.DeskAsync()).Conversations);
        // Those that have no head are kept, to be looked at.
        Assert.Equal((ChannelState.Ok, 3), ((await stage.LookAsync()).Health!.State, (await stage.LookAsync()).Health!.NotUnderstood));
        Assert.Empty(stage.Errors);
    }

    [Fact]
    public async Task What_was_sent_twice_has_one_name()
    {
        await using var stage = await Stage.SetAsync(Quiet);
        var visitor = Customer(stage);
        Receive(stage, visitor, "Subject: Hello", "Вопрос");
        var conversation = await stage.ConversationAsync();
        (await stage.Clerk.DoAsync(conversation.Id, "take")).Must(204);
        stage.Faults.LoseAnswers(method: "send");

        await stage.Clerk.WriteAsync(conversation.Id, "раз");
        var (lost, again) = (await LetterAsync(visitor, 1), await LetterAsync(visitor, 2));

        Assert.Equal(lost.MessageId, again.MessageId);
        stage.Faults.Fail(status: 554, method: "send");
        var refused = await stage.Clerk.WriteAsync(conversation.Id, "спам?");
        var failed = await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation.Id)).FirstOrDefault(one => one.Seq == refused.Seq && one.Delivery == Delivery.Failed));
        Assert.Equal("refused", failed.Failure);
    }

    internal static MailCustomer Customer(Stage stage, string name = "Иван Иванов") => ((MailAccount)stage.Account).Meet(name);

    /// <returns>What the letter is called.</returns>
    internal static string Receive(Stage stage, MailCustomer from, string headers, string text)
    {
        var id = $"{Guid.NewGuid():n}@customers.test";
        var name = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(from.Name));
        ((MailAccount)stage.Account).Receive(
            $"From: =?utf-8?B?{name}?= <{from.Id}>\nTo: {stage.Account.Id}\nMessage-ID: <{id}>\n{headers}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n");
        return id;
    }

    internal static async Task<MimeMessage> LetterAsync(MailCustomer customer, int number)
    {
        await customer.SeesChatAsync(_ => customer.Letters.Count >= number, TimeSpan.FromSeconds(30));
        return customer.Letters[number - 1];
    }

    internal static async Task<IReadOnlyList<MessagePosted>> HeardAsync(Stage stage, long conversation, int count) => await Stage.UntilAsync(async () =>
        (await stage.MessagesAsync(conversation)).Where(one => one.Author.Kind == AuthorKind.Visitor).ToList() is var heard && heard.Count >= count ? heard : null);

    private static void Receive(Stage stage, MailCustomer from, string headers, MimeEntity body)
    {
        using var bytes = new MemoryStream();
        body.WriteTo(bytes);
        var head = $"From: {from.Id}\nTo: {stage.Account.Id}\nMessage-ID: <{Guid.NewGuid():n}@customers.test>\n{headers}\n";
        ((MailAccount)stage.Account).Receive(head + System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }

    private static async Task<IReadOnlyList<FileLink>> FilesAsync(Stage stage, long conversation, int count) => await Stage.UntilAsync(async () =>
        (await stage.MessagesAsync(conversation)).SelectMany(one => one.Files).Where(file => file.Url is not null).ToList() is var files && files.Count >= count ? files : null);

    private static async Task<byte[]> BytesAsync(Stage stage, FileLink file)
    {
        using var http = new HttpClient();
        return await http.GetByteArrayAsync(new Uri(stage.Server.Address, file.Url), TestContext.Current.CancellationToken);
    }

    private static async Task<string> UploadAsync(Stage stage, string name, byte[] content)
    {
        using var part = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var body = new MultipartFormDataContent { { part, "file", name } };
        return (await stage.Clerk.Caller.SendAsync(HttpMethod.Post, "/api/operator/files", body)).Read<FileLink>().Id;
    }
}
