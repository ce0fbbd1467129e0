using System.Text;
using System.Text.Json;
using Beseda.Protocol;

namespace Beseda.Server.Tests.Hardness;

/// <summary>
/// Whatever is sent to whatever call: a clear problem answer or harmless text, and the server goes on. Every row of
/// <see cref="Route.All"/>, every field of its body.
/// </summary>
public sealed class Bad_input_tests(Server server)
{
    private static readonly string[] Texts =
    [
        "", " \t\n ", "\0", "a\0b", "\u0001\u0008\u001b[31m\u007f\u0085", "cut \ud83d", "\ude00 low", "\ud83d\ud83d\ude00", "🙂👩‍👩‍👧 ok", "\ufffe\uffff\ufdd0",
        "\u202eexe.txt\u202c \u2066a\u2069", "z\u200be\u200cr\u200do\ufeff\u2060", "<script>alert(1)</script><img src=x onerror=alert(2)>", "';drop table events;--",
        "{{7*7}} ${x} %s %n", "line\rline\r\nline\u2028line\u2029", "null", "../../../../etc/passwd", "data: x\n\nevent: reset\ndata: {}\n\n",
        "é́́́́́́́ Zalgo", new('x', 300), new('я', 10_000), new('я', 100_000),
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "99999999999999999999999999",
        "\"7\"", "\"\"", "[]", "[null]", "[\"\"]", "[[[[1]]]]", "{}", "{\"a\":{\"b\":[]}}", "2147483648", "NaN", "Infinity", "'x'", "undefined", "",
    ];

    public static TheoryData<string> Calls => new(Route.All.Where(route => route.HasBody).Select(route => $"{route}"));

    public static TheoryData<string> AllCalls => new(Route.All.Select(route => $"{route}"));

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Any_text_in_any_field_is_refused_or_harmless(string call)
    {
        var (route, scene) = await SetAsync(call);
        foreach (var field in Fields.Of(route.Body).Where(field => Fields.IsText(route.Body, field)))
            foreach (var text in Texts)
                await TryAsync(scene, route, Fields.Named(Fields.With(route.Body, field, Fields.Quoted(text))), $"{field} = {Short(text)}");

        await IsCleanAsync(scene);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Any_value_in_any_field_is_refused_or_harmless(string call)
    {
        var (route, scene) = await SetAsync(call);
        foreach (var field in Fields.Of(route.Body))
            foreach (var value in Values)
                await TryAsync(scene, route, Fields.Named(Fields.With(route.Body, field, value)), $"{field} = {value}");

        await IsCleanAsync(scene);
    }

    [Theory]
    [MemberData(nameof(AllCalls))]
    public async Task Any_body_is_refused_or_harmless(string call)
    {
        var (route, scene) = await SetAsync(call);
        string[] bodies =
        [
            "", " ", "{", "}", "[]", "null", "\"text\"", "123", "{}", "{\"a\":}", "{\"a\":1,}", "{'a':1}", "\ufeff{}", "\0", "<xml/>", "a=b&c=d", "{}{}",
            "{\"text\":\"a\",\"text\":\"b\",\"clientId\":\"x\",\"clientId\":\"y\"}", "{\"\\u0000\":1}", "{\"__proto__\":{\"a\":1}}", "{\"$type\":\"System.Object\"}",
            $"{{\"draft\":{new string('[', 5_000)}{new string(']', 5_000)}}}", string.Concat(Enumerable.Repeat("{\"a\":", 5_000)), new('[', 100_000), new('x', 100_000),
            $"{{{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"f{i}\":{i}"))}}}",
        ];
        foreach (var body in bodies)
            await TryAsync(scene, route, body, $"body {Short(body)}");
        var broken = new ByteArrayContent([0x7b, 0x22, 0x74, 0x65, 0x78, 0x74, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22, 0x7d]);
        broken.Headers.ContentType = new("application/json");
        Check(await scene.Of(route.Who).SendAsync(route.Verb, scene.Fill(route.Path), broken), $"{call}: invalid UTF-8");
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/json; charset=utf-16", "application/json; charset=nonsense" })
            Check(await scene.Of(route.Who).RawAsync(route.Verb, scene.Fill(route.Path), scene.Fill(route.Body), type), $"{call}: {type}");

        await IsCleanAsync(scene);
    }

    [Theory]
    [MemberData(nameof(AllCalls))]
    public async Task Any_number_in_the_address_and_any_question_is_refused_or_harmless(string call)
    {
        var (route, scene) = await SetAsync(call);
        string[] numbers = ["0", "-1", "9223372036854775807", "9223372036854775808", "abc", "1e3", "1.0", "%2e%2e", "%F0%9F%98%80", "1%2F2", " ", "--", "١"];
        foreach (var name in new[] { "{conversation}", "{department}", "{operator}" })
            if (route.Path.Contains(name, StringComparison.Ordinal))
                foreach (var number in numbers)
                    Check(await scene.Of(route.Who).RawAsync(route.Verb, route.Path.Replace(name, number, StringComparison.Ordinal), scene.Fill(route.Body)), $"{call}: {number}");
        string[] questions = ["before", "limit", "since", "visitor", "journal", "nonsense"];
        string[] answers = ["", "0", "-1", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "2147483648", "abc", "1.5", "%00", "%ff%fe", "%F0%9F%98%80", "1&limit=2", new('9', 5_000)];
        if (route.Method == "GET")
            foreach (var question in questions)
                foreach (var answer in answers)
                    Check(await scene.Of(route.Who).GetAsync($"{scene.Fill(route.Path)}?{question}={answer}"), $"{call}?{question}={Short(answer)}");
    }

    [Theory]
    [MemberData(nameof(AllCalls))]
    public async Task Any_other_method_is_refused(string call)
    {
        var (route, scene) = await SetAsync(call);
        foreach (var method in new[] { "GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "NONSENSE" })
        {
            var answer = await scene.Of(route.Who).RawAsync(new HttpMethod(method), scene.Fill(route.Path), method is "GET" or "TRACE" ? "" : scene.Fill(route.Body));
            Check(answer, $"{method} for {call}");
            if (method != "GET" && !Route.All.Any(other => other.Path == route.Path && other.Method == method))
                answer.Must(405, "no-such-method");
        }
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/nothing")]
    [InlineData("/api/visitor")]
    [InlineData("/api/visitor/messages/1")]
    [InlineData("/api/operator/conversations/1")]
    [InlineData("/api/operator/conversations/1/erase")]
    [InlineData("/api/admin/../../secret")]
    [InlineData("/api/%2e%2e/install.key")]
    [InlineData("/API/nothing")]
    public async Task Unknown_addresses_are_problems_too(string path)
    {
        var company = await Company.OpenAsync(server);
        (await company.Admin.GetAsync(path)).Must(404, path.Contains("secret", StringComparison.Ordinal) || path.Contains("install", StringComparison.Ordinal) ? null : "no-such-route");
    }

    [Fact]
    public async Task Ten_megabytes_are_too_large_for_every_call_and_a_huge_header_too()
    {
        var scene = await Scene.SetAsync(server);
        var huge = $"{{\"clientId\":\"a\",\"text\":\"{new string('x', 10 * 1024 * 1024)}\"}}";
        foreach (var route in Route.All.Where(route => route.HasBody))
            (await scene.Of(route.Who).With("Expect", "100-continue").RawAsync(route.Verb, scene.Fill(route.Path), huge)).Must(413, "too-large");

        // Kestrel answers these before anything of ours is asked.
        Assert.Equal(400, (await scene.Anna.GetAsync("/api/operator/conversations/%00/timeline")).Status);
        Assert.Equal(431, (await scene.Guest.Caller.With("X-Long", new('x', 60_000)).GetAsync("/api/visitor/timeline")).Status);
        (await scene.Guest.GetAsync($"timeline?x={new string('x', 7_000)}")).Must(200);
        Assert.Equal(414, (await scene.Guest.GetAsync($"timeline?x={new string('x', 60_000)}")).Status);
        await IsCleanAsync(scene);
    }

    [Fact]
    public async Task A_message_is_ten_thousand_units_long_at_most_after_it_was_cleaned()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();

        (await guest.PostAsync("messages", new VisitorMessage("a", new string('я', 10_001)))).Must(422, "invalid");
        (await guest.PostAsync("messages", new VisitorMessage("b", "\0\u0001 \r\n"))).Must(422, "invalid");
        await guest.WriteAsync($" \0{new string('\ue000', 10_000)}\n ");
        await guest.WriteAsync("Строка 1\r\nстрока 2\rстрока 3\tтаб\0");
        foreach (var id in new[] { "", new('a', 65), "a b", "идентификатор", "a\0" })
            (await guest.PostAsync("messages", new VisitorMessage(id, "Привет"))).Must(422, "invalid");
        (await guest.PostAsync("messages", new VisitorMessage("c", "Привет", Files: ["x"]))).Must(422, "invalid");

        var texts = (await guest.TimelineAsync()).Events.OfType<MessagePosted>().Select(message => message.Text!).ToList();
        Assert.Equal(10_000, texts[0].Length);
        Assert.Equal("Строка 1\nстрока 2\nстрока 3\tтаб", texts[1]);
    }

    private async Task<(Route, Scene)> SetAsync(string call) => (Route.All.Single(route => $"{route}" == call), await Scene.SetAsync(server));

    private static async Task TryAsync(Scene scene, Route route, string body, string what) => Check(await scene.CallAsync(route, body), $"{route}: {what}");

    /// <summary>Done, or a problem with a code; never a failure of ours.</summary>
    private static void Check(Reply answer, string what)
    {
        var fine = answer.Status is 200 or 204 || (answer.Status is >= 400 and < 500 && answer.Code is { Length: > 0 });
        Assert.True(fine, $"{what} → {answer}");
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>Nothing that was stored can harm whoever shows it, and a conversation goes on as ever.</summary>
    private static async Task IsCleanAsync(Scene scene)
    {
        foreach (var entry in await scene.Company.JournalAsync())
        {
            CheckTexts(entry.Body, $"{entry}");
            if (entry.Words is { } words)
                CheckTexts(words, $"{entry}");
        }

        var guest = await scene.Company.ReceiveAsync();
        var posted = await guest.WriteAsync("Всё ещё здесь?");
        Assert.Equal(posted.Seq, (await guest.TimelineAsync()).Events.OfType<MessagePosted>().Single().Seq);
    }

    private static void CheckTexts(JsonElement element, string where)
    {
        if (element.ValueKind == JsonValueKind.Object)
            foreach (var property in element.EnumerateObject())
                CheckTexts(property.Value, where);
        else if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray())
                CheckTexts(item, where);
        else if (element.ValueKind == JsonValueKind.String)
            foreach (var rune in element.GetString()!.EnumerateRunes())
                Assert.False(Rune.IsControl(rune) && rune.Value is not ('\t' or '\n'), where);
    }

    private static string Short(string text) => text.Length > 40 ? $"{text[..40]}… ({text.Length})" : text;
}
