using Beseda.Domain.Conversations;

namespace Beseda.Domain.Tests.Conversations;

/// <summary>What people type, paste and send by mistake.</summary>
public sealed class Text_tests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Здравствуйте!", "Здравствуйте!")]
    [InlineData("  a b \n", "a b")]
    [InlineData(" \t\n ", "")]
    [InlineData("one\ttab\nand a line", "one\ttab\nand a line")]
    [InlineData("a\0b", "ab")]
    [InlineData("\0", "")]
    [InlineData("\0 a \0", "a")]
    [InlineData("bell\a esc\u001b[31m del\u007f c1\u0085\u009f.", "bell esc[31m del c1.")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("a\rb", "a\nb")]
    [InlineData("a\r\r\nb\r", "a\n\nb")]
    [InlineData("a\r\n\r\nb", "a\n\nb")]
    [InlineData("\r\n", "")]
    [InlineData("👋 привет 👩‍👩‍👧", "👋 привет 👩‍👩‍👧")]
    [InlineData("<script>alert(1)</script> &amp; {{x}}", "<script>alert(1)</script> &amp; {{x}}")]
    [InlineData("مرحبا \u202eabc\u202c", "مرحبا \u202eabc\u202c")]
    [InlineData("zero\u200bwidth\u200d\ufeffjoiner", "zero\u200bwidth\u200d\ufeffjoiner")]
    [InlineData("e\u0301 ä Ω", "e\u0301 ä Ω")]
    public void Text_is_kept_but_for_what_nobody_can_see_or_send(string typed, string kept) => Assert.Equal(kept, MessageText.Clean(typed));

    [Fact]
    public void Half_an_emoji_becomes_a_replacement_sign()
    {
        const string wave = "👋";
        Assert.Equal("cut \uFFFD", MessageText.Clean("cut " + wave[0]));
        Assert.Equal("\uFFFD cut", MessageText.Clean(wave[1] + " cut"));
        Assert.Equal("\uFFFD\uFFFD", MessageText.Clean($"{wave[1]}{wave[0]}"));
        Assert.Equal("\uFFFD" + wave, MessageText.Clean(wave[0] + wave));
        Assert.Equal("\uFFFD\uFFFD", MessageText.Clean($"{wave[0]}\0{wave[1]}"));
    }

    [Fact]
    public void A_long_text_is_left_to_the_door_to_refuse() =>
        Assert.Equal(MessageText.MaxLength + 1, MessageText.Clean(new string('я', MessageText.MaxLength + 1)).Length);

    [Theory]
    [InlineData("Анна", "Анна")]
    [InlineData(" Anna\tMaria\nPetrova\r\n", "Anna Maria Petrova")]
    [InlineData("\n\0\n", "")]
    [InlineData("one\u2028two\u2029three", "one two three")]
    public void A_name_is_one_line(string typed, string kept) => Assert.Equal(kept, MessageText.CleanLine(typed));
}
