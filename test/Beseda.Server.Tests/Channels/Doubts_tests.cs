using Beseda.Domain;
using Beseda.Server.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Beseda.Server.Tests.Channels;

/// <summary>What may have gone out although nobody knows.</summary>
public sealed class Doubts_tests
{
    private static readonly ConversationId One = new(1);
    private static readonly ConversationId Other = new(2);

    private readonly FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly Doubts doubts;

    public Doubts_tests() => doubts = new Doubts(clock.GetUtcNow());

    private DateTimeOffset Before => clock.Start.AddMinutes(-1);

    [Fact]
    public void What_is_said_now_and_was_never_tried_is_in_no_doubt() => Assert.Null(doubts.About(One, 10, clock.GetUtcNow(), 0));

    [Fact]
    public void Of_what_was_said_before_only_the_first_of_each_conversation_is_in_doubt()
    {
        Assert.Equal(2, doubts.About(One, 10, Before, 2));
        Assert.Null(doubts.About(One, 10, Before, 2));
        Assert.Null(doubts.About(One, 11, Before, 0));
        Assert.Equal(0, doubts.About(Other, 12, Before, 0));
    }

    [Fact]
    public void A_part_without_an_answer_is_in_doubt_until_it_is_asked_about()
    {
        doubts.Begin(10, 1);

        Assert.Equal(1, doubts.About(One, 10, clock.GetUtcNow(), 0));
        Assert.Null(doubts.About(One, 10, clock.GetUtcNow(), 1));
    }

    [Fact]
    public void A_part_with_an_answer_is_not()
    {
        doubts.Begin(10, 1);
        doubts.End(10);

        Assert.Null(doubts.About(One, 10, clock.GetUtcNow(), 1));
    }
}
