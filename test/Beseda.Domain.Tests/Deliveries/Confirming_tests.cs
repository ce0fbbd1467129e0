using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Departments;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Deliveries;

/// <summary>The channel says that the visitor's device has a message, or that they have seen it.</summary>
public sealed class Confirming_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly ConversationId conversation;
    private readonly long first, second;

    public Confirming_tests()
    {
        anna = company.Hires("Anna");
        company.Hears(Ivan, "in");
        conversation = company.State.Visitors[Ivan].Open!.Value;
        company.Do(anna, new TakeConversation(conversation));
        first = company.Answers(anna, conversation);
        second = company.Answers(anna, conversation);
        Sends(first, 0, 1, "a");
        Sends(second, 0, 2, "b0");
        Sends(second, 1, 2, "b1");
    }

    private void Sends(long message, int part, int of, string external) =>
        company.Do(new RecordSent(conversation, Ivan, message, part, of, external, null));

    private IReadOnlyList<Event> Confirms(bool seen, params string[] externals) => company.Do(Ivan, new ConfirmDelivery(externals, seen));

    [Fact]
    public void What_the_device_has_is_delivered_once_however_often_that_is_said()
    {
        Assert.Equal([new MessageDelivered(conversation, Ivan, first)], Confirms(seen: false, "a"));
        Assert.Equal(Delivery.Delivered, company.Message(first).Delivery);
        Assert.Empty(Confirms(seen: false, "a", "a"));
    }

    [Fact]
    public void Several_parts_are_one_message_and_several_messages_come_in_their_order() => Assert.Equal(
        [new MessageDelivered(conversation, Ivan, first), new MessageDelivered(conversation, Ivan, second)], Confirms(seen: false, "b1", "b0", "a"));

    [Fact]
    public void What_is_unknown_is_passed_over_beside_what_is_known_and_not_found_alone()
    {
        Assert.Single(Confirms(seen: false, "?", "a"));
        Assert.Equal(Refusal.MessageNotFound, company.Refusal(Ivan, new ConfirmDelivery(["?"], true)));
        Assert.Equal(Refusal.MessageNotFound, company.Refusal(Ivan, new ConfirmDelivery([], true)));
        Assert.Equal(Refusal.MessageNotFound, company.Refusal(Olga, new ConfirmDelivery(["a"], true)));
    }

    [Fact]
    public void What_was_seen_is_delivered_and_read_up_to_the_newest()
    {
        Assert.Equal(
            [
                new MessageDelivered(conversation, Ivan, first), new MessageDelivered(conversation, Ivan, second),
                new MessageRead(conversation, Ivan, new Author(AuthorKind.Visitor), second),
            ],
            Confirms(seen: true, "b0", "a"));
        Assert.Equal(second, company[conversation].ReadByVisitor);
    }

    [Fact]
    public void Seeing_an_older_message_takes_nothing_back()
    {
        Confirms(seen: true, "b0");

        Assert.Equal("MessageDelivered", Kinds(Confirms(seen: true, "a")));
        Assert.Equal(second, company[conversation].ReadByVisitor);
    }

    [Fact]
    public void What_is_seen_after_the_end_is_read_too()
    {
        company.Do(Ivan, new CloseConversation(null));

        Assert.Equal("MessageDelivered, MessageRead", Kinds(Confirms(seen: true, "a")));
    }

    [Fact]
    public void A_message_of_which_a_part_is_missing_is_not_delivered_so_that_it_may_still_fail()
    {
        var third = company.Answers(anna, conversation);
        Sends(third, 0, 2, "c0");
        Assert.Empty(Confirms(seen: false, "c0"));
        company.Do(new RecordFailure(conversation, Ivan, third, DeliveryFault.Refused, null));

        Assert.Equal(Delivery.Failed, company.Message(third).Delivery);
    }

    [Fact]
    public void What_was_delivered_before_it_was_told_to_be_sent_stays_delivered()
    {
        Confirms(seen: false, "b0");

        company.Do(new RecordSent(conversation, Ivan, second, 2, 3, "b2", null));
        Assert.Equal(Delivery.Delivered, company.Message(second).Delivery);
    }

    [Fact]
    public void What_the_visitor_wrote_is_not_delivered_to_them() => Assert.Empty(Confirms(seen: false, "in"));

    [Fact]
    public void What_was_mirrored_may_be_delivered()
    {
        company.Do(new MirrorMessage("m", Ivan, "!", "m 1", null));

        Assert.Equal("MessageDelivered", Kinds(Confirms(seen: false, "m 1")));
    }
}
