using Beseda.Workplace.Conversations;

namespace Beseda.Console.Tests.Conversations;

public sealed class Links_tests
{
    [Theory]
    [InlineData("без ссылок", "")]
    [InlineData("https://a.example/x?y=1&z=%20", "https://a.example/x?y=1&z=%20")]
    [InlineData("Вот: https://a.example/x. И ещё!", "https://a.example/x")]
    [InlineData("(см. https://a.example/x)", "https://a.example/x")]
    [InlineData("https://a.example/wiki/Беседа_(значения) ок", "https://a.example/wiki/Беседа_(значения)")]
    [InlineData("«http://a.example»", "http://a.example")]
    [InlineData("a http://x.example, b HTTPS://y.example/; c", "http://x.example|HTTPS://y.example/")]
    [InlineData("javascript:alert(1) data:text/html,x ftp://a.example", "")]
    [InlineData("https:// http://", "")]
    [InlineData("<a href=\"https://a.example\">x</a>", "https://a.example")]
    [InlineData("https://a.example\u0000/<script>", "https://a.example")]
    public void Only_web_addresses_are_links_and_no_letter_is_lost(string text, string links)
    {
        var pieces = Links.Split(text).ToList();
        Assert.Equal(text, string.Concat(pieces.Select(piece => piece.Text)));
        Assert.Equal(links, string.Join('|', pieces.Where(piece => piece.IsLink).Select(piece => piece.Text)));
    }

    [Fact]
    public void Any_text_comes_back_whole()
    {
        var chance = new Random(5);
        const string letters = "https://.:/ <>\"'()a\n\ud83d\ude42";
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, chance.Next(40)).Select(_ => letters[chance.Next(letters.Length)]));
            Assert.Equal(text, string.Concat(Links.Split(text).Select(piece => piece.Text)));
        }
    }
}
