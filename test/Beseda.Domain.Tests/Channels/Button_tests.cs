using System.Text;
using Beseda.Domain.Accounts;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Ratings;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Channels;

public sealed class Button_tests
{
    private readonly Company company = new(Routed.Hand);

    /// <summary>The question under which the buttons stand, once a conversation of Ivan's is over.</summary>
    private (ConversationId Conversation, MessagePosted Question) Asked(int scale)
    {
        company.Do(new ChangeAccount(Account.None with { Key = "k", Name = "Свет", RatingScale = scale }));
        var anna = company.Hires("Анна");
        company.Meets(Ivan, company.Connects());
        var conversation = company.Serves(anna, Ivan);
        return (conversation, Messengers.Lines(company.Do(Ivan, new CloseConversation(null)))[^1]);
    }

    [Theory]
    [InlineData(5, 1, "Как вам помог оператор Анна?", "1 ★", "2 ★", "3 ★", "4 ★", "5 ★")]
    [InlineData(10, 0, "Насколько вероятно, что вы порекомендуете Свет, от 0 до 10?", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")]
    public void The_question_has_a_button_for_each_score_and_each_means_that_score(int scale, int lowest, string question, params string[] labels)
    {
        var (conversation, asked) = Asked(scale);
        var buttons = asked.Words!.Buttons!.Value;

        Assert.Equal(question, asked.Words.Text);
        Assert.Equal(labels, buttons.Select(button => button.Text));
        Assert.Equal(
            labels.Select((_, i) => new RateConversation(conversation, null, scale, lowest + i, null)), buttons.Select(button => Button.Meaning(button.Payload!)));
        Assert.All(buttons, button => Assert.Null(company.Refusal(Ivan, Button.Meaning(button.Payload!)!)));
    }

    [Fact]
    public void The_button_to_close_means_to_close_what_is_open() => Assert.Equal(new CloseConversation(null), Button.Meaning("close"));

    [Fact]
    public void The_longest_payload_there_can_be_is_short_enough_for_every_channel()
    {
        var payload = $"rate:{long.MaxValue}:10:10";

        Assert.True(Encoding.UTF8.GetByteCount(payload) <= 64);
        Assert.Equal(new RateConversation(new(long.MaxValue), null, 10, 10, null), Button.Meaning(payload));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("Close")]
    [InlineData("close ")]
    [InlineData("close:1")]
    [InlineData("rate")]
    [InlineData("rate:1:5")]
    [InlineData("rate:1:5:5:5")]
    [InlineData("Rate:1:5:5")]
    [InlineData("rate::5:5")]
    [InlineData("rate:one:5:5")]
    [InlineData("rate:1:five:5")]
    [InlineData("rate:1:5:")]
    [InlineData("rate:-1:5:5")]
    [InlineData("rate:1:-5:5")]
    [InlineData("rate:1:5:-5")]
    [InlineData("rate:+1:5:5")]
    [InlineData("rate: 1:5:5")]
    [InlineData("rate:1:5:5\n")]
    [InlineData("rate:1:5:4.5")]
    [InlineData("rate:0x1:5:5")]
    [InlineData("rate:١:5:5")]
    [InlineData("rate:9223372036854775808:5:5")]
    [InlineData("rate:1:5:2147483648")]
    [InlineData("order:17")]
    public void Any_other_payload_means_nothing_to_Beseda(string payload) => Assert.Null(Button.Meaning(payload));

    [Fact]
    public void A_payload_without_end_means_nothing()
    {
        Assert.Null(Button.Meaning(new string('9', 1_000_000)));
        Assert.Null(Button.Meaning($"rate:{new string('9', 1_000_000)}:5:5"));
        Assert.Null(Button.Meaning(new string(':', 1_000_000)));
    }

    [Theory]
    [InlineData("rate:{0}:10:5", Refusal.WrongScale)]
    [InlineData("rate:{0}:5:0", Refusal.ScoreOutOfRange)]
    [InlineData("rate:{0}:5:2147483647", Refusal.ScoreOutOfRange)]
    [InlineData("rate:999:5:5", Refusal.ConversationNotFound)]
    public void A_forged_payload_gets_no_further_than_the_rule(string payload, Refusal refusal)
    {
        var (conversation, _) = Asked(5);

        Assert.Equal(refusal, company.Refusal(Ivan, Button.Meaning(payload.Replace("{0}", $"{conversation}", StringComparison.Ordinal))!));
    }

    [Fact]
    public void Nobody_rates_for_somebody_else_with_their_button()
    {
        var (_, asked) = Asked(5);

        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(Olga, Button.Meaning(asked.Words!.Buttons!.Value[0].Payload!)!));
    }
}
