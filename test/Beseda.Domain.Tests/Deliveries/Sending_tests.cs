using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Departments;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Deliveries;

/// <summary>A message on its way to a channel: part by part, or not at all.</summary>
public sealed class Sending_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly ConversationId conversation;
    private readonly long answer;

    public Sending_tests()
    {
        anna = company.Hires("Anna");
        conversation = company.Serves(anna, Ivan);
        answer = company.Answers(anna, conversation);
        company.Remembers(answer);
    }

    private RecordSent Sent(int part, int of, string? external = null) => new(conversation, Ivan, answer, part, of, external ?? $"out {part}", null);

    private RecordFailure Failed(DeliveryFault why = DeliveryFault.Refused) => new(conversation, Ivan, answer, why, "400");

    private ResendMessage Again => new(conversation, answer);

    private MessageState Message => company.Message(answer);

    [Fact]
    public void A_message_is_sent_when_all_its_parts_are()
    {
        Assert.Equal([new MessageSent(conversation, Ivan, answer, 0, 2, "out 0", null)], company.Do(Sent(0, 2)));
        Assert.Equal(Delivery.None, Message.Delivery);
        company.Do(Sent(1, 2));

        Assert.Equal(Delivery.Sent, Message.Delivery);
        Assert.Equal(["out 0", "out 1"], Message.Externals);
    }

    [Fact]
    public void The_same_part_again_changes_nothing()
    {
        company.Do(Sent(0, 2));

        Assert.Empty(company.Do(Sent(0, 2)));
    }

    [Fact]
    public void A_part_that_was_sent_twice_counts_once_and_keeps_its_first_name()
    {
        company.Do(Sent(0, 2));

        Assert.Empty(company.Do(Sent(0, 2, "out 0 again")));
        Assert.Equal((Delivery.None, "out 0"), (Message.Delivery, Assert.Single(Message.Externals)));
    }

    [Fact]
    public void Parts_may_be_told_in_any_order()
    {
        company.Do(Sent(1, 2));
        Assert.Equal(Delivery.None, Message.Delivery);
        company.Do(Sent(0, 2));

        Assert.Equal(Delivery.Sent, Message.Delivery);
    }

    [Fact]
    public void What_cannot_be_delivered_has_failed_and_says_why()
    {
        Assert.Equal([new MessageFailed(conversation, Ivan, answer, DeliveryFault.Blocked, "400")], company.Do(Failed(DeliveryFault.Blocked)));
        Assert.Equal((Delivery.Failed, DeliveryFault.Blocked), (Message.Delivery, Message.Failure));
        Assert.Empty(company.Do(Failed()));
    }

    [Fact]
    public void A_message_of_which_a_part_has_gone_may_still_fail()
    {
        company.Do(Sent(0, 2));
        company.Do(Failed());

        Assert.Equal(Delivery.Failed, Message.Delivery);
    }

    [Fact]
    public void A_failure_after_all_has_gone_is_passed_over()
    {
        company.Do(Sent(0, 1));

        Assert.Empty(company.Do(Failed()));
        Assert.Equal((Delivery.Sent, null), (Message.Delivery, Message.Failure));
    }

    [Fact]
    public void What_the_platform_takes_back_has_failed_from_that_part_on()
    {
        for (var part = 0; part < 3; part++)
            company.Do(Sent(part, 3));
        company.Do(Ivan, new ConfirmDelivery(["out 0"], false));

        Assert.Equal(
            [new MessageFailed(conversation, Ivan, answer, DeliveryFault.Refused, "no") { External = "out 1" }], company.Do(Ivan, new DenyDelivery("out 1", "no")));
        Assert.Equal((Delivery.Failed, DeliveryFault.Refused), (Message.Delivery, Message.Failure));
        Assert.Equal([0], Message.Parts);

        company.Do(anna, Again);
        company.Do(Sent(1, 3, "out 1 again"));
        company.Do(Sent(2, 3, "out 2 again"));
        Assert.Equal(Delivery.Sent, Message.Delivery);
        // What is told twice is of a part that has been replaced.
        Assert.Equal(Refusal.MessageNotFound, company.Refusal(Ivan, new DenyDelivery("out 1", "no")));
        Assert.Equal(Refusal.MessageNotFound, company.Refusal(Ivan, new DenyDelivery("never", "no")));
    }

    [Fact]
    public void What_was_given_up_and_has_gone_after_all_is_sent()
    {
        company.Do(Sent(0, 2));
        company.Do(Failed(DeliveryFault.Expired));
        company.Do(Sent(1, 2));

        Assert.Equal((Delivery.Sent, null), (Message.Delivery, Message.Failure));
    }

    [Fact]
    public void Only_what_failed_is_sent_again()
    {
        Assert.Equal(Refusal.MessageNotFound, company.Refusal(anna, Again));
        company.Do(Sent(0, 2));
        Assert.Empty(company.Do(anna, Again));
        company.Do(Failed());

        Assert.Equal([new MessageResent(conversation, Ivan, answer, anna)], company.Do(anna, Again));
        Assert.Equal((Delivery.None, null), (Message.Delivery, Message.Failure));
        Assert.Empty(company.Do(anna, Again));
    }

    [Fact]
    public void A_new_attempt_goes_on_with_the_parts_that_are_missing_and_may_fail_anew()
    {
        company.Do(Sent(0, 2));
        company.Do(Failed());
        company.Do(anna, Again);

        Assert.Single(company.Do(Failed()));
        company.Do(anna, Again);
        Assert.Empty(company.Do(Sent(0, 2)));
        company.Do(Sent(1, 2));
        Assert.Equal(Delivery.Sent, Message.Delivery);
    }

    [Fact]
    public void What_was_taken_back_is_not_sent_again()
    {
        company.Do(Failed());
        company.Do(anna, new DeleteMessage(new MessageName(answer)));

        Assert.Equal(Refusal.MessageNotFound, company.Refusal(anna, Again));
    }

    [Fact]
    public void A_message_of_another_conversation_is_not_found_in_this_one()
    {
        company.Do(Failed());
        var other = company.Serves(anna, Olga);

        Assert.Equal(Refusal.MessageNotFound, company.Refusal(anna, new ResendMessage(other, answer)));
    }

    [Fact]
    public void Nothing_is_recorded_of_a_conversation_that_is_not_there()
    {
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(Sent(0, 1) with { Conversation = new(999) }));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(Failed() with { Conversation = new(999) }));
    }

    [Fact]
    public void How_it_gets_there_changes_nothing_in_the_conversation()
    {
        var before = company[conversation];
        company.Do(Sent(0, 2));
        company.Do(Failed());
        company.Do(anna, Again);

        Assert.Equal(before, company[conversation]);
    }
}
