using Beseda.Server.Channels.Mail;

namespace Beseda.Server.Tests.Channels;

/// <summary>What is new in a letter, and what it repeats.</summary>
public sealed class Mail_quote_tests
{
    public static readonly TheoryData<string, string, string, string> Folded = new()
    {
        { "gmail, english", "Thanks!\n\nOn Mon, Nov 23, 2026 at 10:12 AM Anna <office@beseda.test> wrote:\n\n> Hello\n> there\n", "Thanks!", "On Mon" },
        { "gmail, over two lines", "Thanks!\n\nOn Mon, Nov 23, 2026 at 10:12 AM The Company of Light and Networks\n<office@beseda.test> wrote:\n\n> Hello", "Thanks!", "On Mon" },
        { "gmail, russian", "Спасибо!\n\nпн, 23 нояб. 2026 г. в 10:12, Анна <office@beseda.test>:\n\n> Здравствуйте", "Спасибо!", "пн, 23" },
        { "yandex", "Спасибо!\n\n23.11.2026, 10:12, \"Анна\" <office@beseda.test>:\n> Здравствуйте", "Спасибо!", "23.11.2026" },
        { "mail.ru", "Спасибо!\n\nПонедельник, 23 ноября 2026, 10:12 +03:00 от Анна <office@beseda.test>:\n>Здравствуйте", "Спасибо!", "Понедельник" },
        { "mail.ru, a person", "Спасибо!\n\nАнна пишет 23.11.2026 10:12:\n\nАнна <a@b.test> 23.11.2026 10:12 пишет:\n> Здравствуйте", "Спасибо!\n\nАнна пишет 23.11.2026 10:12:", "Анна <a@b.test>" },
        { "apple", "Спасибо!\n\nОтправлено с iPhone\n\n> 23 нояб. 2026 г., в 10:12, Анна <a@b.test> написал(а):\n> \n> Здравствуйте", "Спасибо!", "Отправлено с iPhone" },
        { "apple, no marks above", "Thanks\n\n> On Nov 23, 2026, at 10:12, Anna <a@b.test> wrote:\n> \n> Hello", "Thanks", "> On Nov" },
        { "outlook, english", "Thanks\n\n-----Original Message-----\nFrom: Anna\nSent: Monday\nTo: Me\nSubject: Hello\n\nHello", "Thanks", "-----Original" },
        { "outlook, new", "Thanks\n________________________________\nFrom: Anna <a@b.test>\nSent: Monday, November 23, 2026 10:12\nTo: Me\nSubject: Hello\n\nHello", "Thanks", "____" },
        { "outlook, russian", "Спасибо\n\nОт: Анна <a@b.test>\nОтправлено: 23 ноября 2026 г. 10:12\nКому: Мне\nТема: Ответ\n\nЗдравствуйте", "Спасибо", "От: Анна" },
        { "outlook, bold", "Спасибо\n\n*От:* Анна\n*Дата:* 23.11.2026\n*Кому:* Мне\n\nЗдравствуйте", "Спасибо", "*От:*" },
        { "thunderbird", "Спасибо\n\n23.11.2026 10:12, Анна пишет:\n> Здравствуйте", "Спасибо", "23.11.2026" },
        { "thunderbird, german", "Danke\n\nAm 23.11.2026 um 10:12 schrieb Anna:\n> Hallo", "Danke", "Am 23" },
        { "plain", "Спасибо\n> Здравствуйте\n> и вам", "Спасибо", "> Здравствуйте" },
        { "signature", "Спасибо\n-- \nИван Петров\nООО «Ромашка»", "Спасибо", "--" },
        { "signature above the quote", "Спасибо\n-- \nИван\n\n23.11.2026, 10:12, \"Анна\" <a@b.test>:\n> Здравствуйте", "Спасибо", "--" },
        { "signature below the quote", "Спасибо\n\n> Здравствуйте\n\n-- \nИван", "Спасибо", "> Здравствуйте" },
        { "phone", "Спасибо\n\nSent from my iPhone", "Спасибо", "Sent from" },
        { "answered below", "23.11.2026, 10:12, \"Анна\" <a@b.test>:\n> Сколько вас?\n\nНас двое.", "Нас двое.", "23.11.2026" },
    };

    public static readonly TheoryData<string, string> Whole = new()
    {
        { "no quote", "Первая строка\n\nВторая: с двоеточием\nтретья" },
        { "answers between", "> Сколько вас?\nДвое.\n> А детей?\nОдин." },
        { "answers between, attributed", "23.11.2026, 10:12, \"Анна\" <a@b.test>:\n> Сколько вас?\nДвое.\n> А детей?\nОдин." },
        { "passed on", "Посмотрите\n\n---------- Forwarded message ---------\nFrom: Anna <a@b.test>\nDate: Mon, Nov 23, 2026\nSubject: Hello\nTo: Me\n\nHello\n> there" },
        { "passed on, russian", "-------- Пересылаемое сообщение --------\n23.11.2026, 10:12, \"Анна\" <a@b.test>:\n\nТекст" },
        { "a story", "Мастер обещал в 10:30.\nЯ ему написал:\nжду вас дома." },
        { "a letter to somebody", "Я писала на a@b.test:\nникто не отвечает" },
        { "one line of a block", "От: дома до работы\nпешком" },
    };

    [Theory]
    [MemberData(nameof(Folded))]
    public void What_others_said_is_folded(string program, string letter, string said, string quotedFrom)
    {
        var (text, quoted) = Quotes.Fold(letter.ReplaceLineEndings("\r\n"));

        Assert.Equal((program, said), (program, text));
        Assert.StartsWith(quotedFrom, quoted, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void What_might_be_somebody_s_own_words_is_not(string why, string letter) => Assert.Equal((why, letter, ""), (why, Quotes.Fold(letter).Text, Quotes.Fold(letter).Quoted));

    [Theory]
    [InlineData("<p>Спасибо!</p><div class=\"gmail_quote\"><div class=\"gmail_attr\">пн</div><blockquote>Здравствуйте</blockquote></div>", "Спасибо!")]
    [InlineData("<div>Спасибо!</div><blockquote type=\"cite\">Здравствуйте</blockquote>", "Спасибо!")]
    [InlineData("<p>Спасибо!</p><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>От:</b> Анна</div><p>Здравствуйте</p>", "Спасибо!")]
    [InlineData("<p>Спасибо!</p><div class=\"moz-cite-prefix\">Анна пишет:</div><blockquote type=\"cite\">Здравствуйте</blockquote><div class=\"moz-signature\">-- <br>Иван</div>", "Спасибо!")]
    public void Programs_that_write_HTML_mark_what_they_quote(string html, string said)
    {
        var read = RichText.Read(html);

        Assert.Equal(said, read.Text);
        Assert.Contains(html.Contains("Здравствуйте", StringComparison.Ordinal) ? "Здравствуйте" : "Анна", read.Quoted, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_passed_on_in_HTML_stays() =>
        Assert.Contains("важное", RichText.Read("<p>см.</p><div class=\"gmail_quote\">---------- Forwarded message ---------<br>важное</div>").Text, StringComparison.Ordinal);

    [Fact]
    public void HTML_reads_as_text()
    {
        var read = RichText.Read("""
            <html><head><style>p { color: red }</style><script>alert(1)</script><title>t</title></head><body>
            <h1>Заказ</h1><p>Первый   абзац,
            <b>жирный</b>.<br>Строка</p><p style="display:none">невидимо</p><ul><li>один</li><li>два</li></ul>
            <table><tr><td>Цена</td><td>5 ₽</td></tr><tr><td>Итого</td><td>5 ₽</td></tr></table>
            <a href="https://example.com/a?b=1&amp;c=2">сайт</a> <a href="https://example.com">https://example.com/</a> <a href="javascript:alert(1)">нажми</a>
            <img src="cid:logo@1"><pre>a  b
            c</pre></body></html>
            """);

        Assert.Equal(
            "Заказ\n\nПервый абзац, жирный.\nСтрока\n\n• один\n• два\n\nЦена  5 ₽\nИтого  5 ₽\n\nсайт (https://example.com/a?b=1&c=2) https://example.com/ нажми\n\na  b\nc",
            read.Text.ReplaceLineEndings("\n"));
        Assert.Equal(["logo@1"], read.Pictures);
        Assert.True(read.HasForm);
    }

    [Fact]
    public void A_page_of_nothing_but_depth_is_read_and_cut()
    {
        var deep = string.Concat(Enumerable.Repeat("<div>", 50_000)) + "дно";

        Assert.Equal("", RichText.Read($"верх{deep}").Text.Replace("верх", "", StringComparison.Ordinal));
        Assert.DoesNotContain("дно", SafePage.Of(deep, new Dictionary<string, string>()), StringComparison.Ordinal);
    }
}
