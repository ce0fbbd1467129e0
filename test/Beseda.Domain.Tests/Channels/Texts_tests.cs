using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using static Beseda.Domain.Tests.Company;
using static Beseda.Domain.Tests.Messengers;

namespace Beseda.Domain.Tests.Channels;

/// <summary>Which words a visitor of a channel gets.</summary>
public sealed class Texts_tests
{
    private static readonly DialogueTexts English = Dialogue.Standard["en"], Russian = Dialogue.Standard["ru"];

    private readonly Company company = new(Routed.Hand);

    private IReadOnlyList<MessagePosted> Starts(VisitorId visitor, string? language, Func<Channel, Channel>? change = null)
    {
        company.Hires("Anna");
        company.Meets(visitor, company.Connects(change), language);
        return Lines(company.Do(visitor, new StartConversation("s", "telegram", null, null)));
    }

    private static Func<Channel, Channel> Says(string language, DialogueTexts texts) =>
        channel => channel with { Texts = channel.Texts.SetItem(language, texts) };

    [Fact]
    public void A_visitor_is_spoken_to_in_their_language() => Assert.Equal(English.Wait, Starts(Ivan, "en")[1].Words!.Text);

    [Fact]
    public void Whose_language_is_not_known_is_spoken_to_in_the_channel_s()
    {
        Assert.Equal(Russian.Wait, Starts(Ivan, null)[1].Words!.Text);
        Assert.Equal(English.Wait, Starts(Olga, null, channel => channel with { Language = "en" })[1].Words!.Text);
    }

    [Fact]
    public void Whose_language_nobody_speaks_is_spoken_to_in_the_channel_s() => Assert.Equal(Russian.Wait, Starts(Ivan, "fr")[1].Words!.Text);

    [Fact]
    public void A_channel_s_own_texts_come_before_the_usual_ones_where_it_has_them()
    {
        var lines = Starts(Ivan, "ru", Says("ru", new DialogueTexts(Greeting: "Привет!", CloseButton: "Хватит")));

        Assert.Equal(["Привет!", Russian.Wait], lines.Select(line => line.Words!.Text));
        Assert.Equal("Хватит", Assert.Single(lines[1].Words!.Buttons!.Value).Text);
    }

    [Fact]
    public void A_channel_may_speak_a_language_that_Beseda_does_not_and_the_rest_is_English()
    {
        var lines = Starts(Ivan, "fr", Says("fr", new DialogueTexts(Greeting: "Bonjour !")));

        Assert.Equal(["Bonjour !", English.Wait], lines.Select(line => line.Words!.Text));
    }

    [Fact]
    public void Texts_of_another_language_are_not_mixed_in() =>
        Assert.Equal(English.Wait, Starts(Ivan, "en", Says("ru", new DialogueTexts(Wait: "Ждите")))[1].Words!.Text);

    [Fact]
    public void An_empty_text_is_silence()
    {
        var lines = Starts(Ivan, "ru", Says("ru", new DialogueTexts(Greeting: "")));

        Assert.Equal(Russian.Wait, Assert.Single(lines).Words!.Text);
    }

    [Fact]
    public void A_button_without_a_label_is_left_out() =>
        Assert.Null(Starts(Ivan, "ru", Says("ru", new DialogueTexts(CloseButton: "")))[1].Words!.Buttons);

    [Fact]
    public void Every_language_of_Beseda_has_every_text() => Assert.All(Dialogue.Standard.Values, texts => Assert.DoesNotContain(
        typeof(DialogueTexts).GetProperties(), text => text.PropertyType == typeof(string) && string.IsNullOrEmpty((string?)text.GetValue(texts))));
}
