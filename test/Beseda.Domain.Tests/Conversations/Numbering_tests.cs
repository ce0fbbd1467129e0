using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Departments;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Conversations;

/// <summary>Some channels number the messages of a chat without gaps, which tells when one is missing.</summary>
public sealed class Numbering_tests
{
    private readonly Company company = new(Routed.Hand);

    private static PostMessage Message(long number, bool late = false) => new("x", "?") { External = $"n{number}", Number = number, Late = late };

    private long Last => company.State.Visitors[Ivan].LastNumber;

    [Fact]
    public void A_chat_begins_with_its_first_number_and_with_another_only_after_a_wait()
    {
        Assert.Equal(Refusal.OutOfOrder, company.Refusal(Ivan, Message(17)));
        company.Do(Ivan, Message(17, late: true));
        company.Do(Olga, Message(1));

        Assert.Equal((17, 1), (Last, company.State.Visitors[Olga].LastNumber));
    }

    [Fact]
    public void The_next_number_is_taken_and_one_after_a_gap_is_out_of_order()
    {
        company.Do(Ivan, Message(17, late: true));

        Assert.Equal(Refusal.OutOfOrder, company.Refusal(Ivan, Message(19)));
        company.Do(Ivan, Message(18));
        company.Do(Ivan, Message(19));
        Assert.Equal(19, Last);
    }

    [Fact]
    public void What_has_waited_long_enough_is_taken_and_what_was_missing_still_is_when_it_comes()
    {
        company.Do(Ivan, Message(17, late: true));
        company.Do(Ivan, Message(19, late: true));
        Assert.Equal(19, Last);

        company.Do(Ivan, Message(18));
        Assert.Equal(19, Last);
        Assert.Equal(Refusal.OutOfOrder, company.Refusal(Ivan, Message(21)));
    }

    [Fact]
    public void What_the_company_says_has_numbers_of_the_same_row()
    {
        var anna = company.Hires("Anna");
        company.Do(Ivan, Message(17, late: true));
        var conversation = company.State.Visitors[Ivan].Open!.Value;
        company.Do(anna, new TakeConversation(conversation));
        var answer = company.Answers(anna, conversation);

        Assert.Equal(Refusal.OutOfOrder, company.Refusal(Ivan, Message(19)));
        company.Do(new RecordSent(conversation, Ivan, answer, 0, 1, "a", 18));
        Assert.Null(company.Refusal(Ivan, Message(19)));

        company.Do(new MirrorMessage("m", Ivan, "!", "mirrored", 19));
        Assert.Equal((19, null), (Last, company.Refusal(Ivan, Message(20))));
    }

    [Fact]
    public void What_the_company_says_does_not_stand_for_what_the_visitor_wrote_before()
    {
        company.Do(Ivan, Message(17, late: true));
        var conversation = company.State.Visitors[Ivan].Open!.Value;
        company.Do(new RecordSent(conversation, Ivan, 1, 0, 1, "a", 21));
        company.Do(new MirrorMessage("m", Ivan, "!", "mirrored", 20));

        Assert.Equal(Refusal.OutOfOrder, company.Refusal(Ivan, Message(19)));
        Assert.Equal(Refusal.OutOfOrder, company.Refusal(Ivan, Message(22)));
        company.Do(Ivan, Message(18));
        company.Do(Ivan, Message(19));
        Assert.Equal((21, null), (Last, company.Refusal(Ivan, Message(22))));
    }

    [Fact]
    public void A_press_of_a_button_has_a_number_too()
    {
        var anna = company.Hires("Anna");
        company.Do(Ivan, Message(17, late: true));
        var conversation = company.State.Visitors[Ivan].Open!.Value;
        company.Do(anna, new TakeConversation(conversation));
        company.Do(Ivan, Button.Meaning(Button.Close, 18)!);
        Assert.Equal(18, Last);

        company.Do(Ivan, Button.Meaning($"rate:{conversation.Value}:5:4", 19)!);
        Assert.Equal((19, null), (Last, company.Refusal(Ivan, Message(20))));
    }

    [Fact]
    public void A_gap_that_is_never_closed_is_forgotten_in_time()
    {
        company.Do(Ivan, Message(17, late: true));
        var conversation = company.State.Visitors[Ivan].Open!.Value;
        for (var i = 0; i < 60; i++)
            company.Do(new RecordSent(conversation, Ivan, 1, i, 60, $"a{i}", 19 + i));

        Assert.Equal((78, 0), (Last, company.State.Visitors[Ivan].NumbersAhead.Length));
    }

    [Fact]
    public void Each_chat_has_numbers_of_its_own_which_outlive_its_conversations()
    {
        company.Do(Ivan, Message(17, late: true));
        company.Do(Olga, Message(3, late: true));
        company.Do(Ivan, new CloseConversation(null));

        Assert.Equal(Refusal.OutOfOrder, company.Refusal(Ivan, Message(19)));
        Assert.Equal(Refusal.OutOfOrder, company.Refusal(Olga, Message(18)));
    }

    [Fact]
    public void Where_there_are_no_numbers_nothing_is_out_of_order()
    {
        company.Do(Ivan, Message(17, late: true));

        Assert.Null(company.Refusal(Ivan, new PostMessage("x", "?") { External = "e" }));
    }
}
