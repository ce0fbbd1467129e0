using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Operators;
using Beseda.Domain.Ratings;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Tests.Laws;

/// <summary>Who may see what, told from the journal alone.</summary>
public sealed class Visibility_laws
{
    [Fact]
    public void Nobody_sees_a_conversation_but_those_the_rule_names() => Law.OfStories(
        story =>
        {
            var witness = new Witness();
            foreach (var turn in story.Turns)
            {
                foreach (var recorded in turn.Events)
                    witness.Hears(recorded.Event);
                if (turn.Events.Count > 0)
                    witness.Confirms(turn.After);
            }
        },
        stories: 60);

    /// <summary>Keeps, from events alone, whose and where each conversation is and who had it, and who the operators are.</summary>
    private sealed class Witness
    {
        private readonly Dictionary<ConversationId, (VisitorId Visitor, DepartmentId Department)> places = [];
        private readonly HashSet<(ConversationId, OperatorId)> had = [];
        private readonly Dictionary<OperatorId, OperatorChanged> operators = [];

        public void Hears(Event happened)
        {
            switch (happened)
            {
                case ConversationStarted e: places[e.Conversation] = (e.Visitor, e.Department); break;
                case ConversationQueued e: places[e.Conversation] = places[e.Conversation] with { Department = e.Department }; break;
                case ConversationMoved e: places[e.Conversation] = places[e.Conversation] with { Visitor = e.Visitor }; break;
                case ConversationMerged e: places[e.Conversation] = places[e.Conversation] with { Visitor = e.Customer }; break;
                case ConversationAssigned e: had.Add((e.Conversation, e.Operator)); break;
                case OperatorChanged e: operators[e.Operator] = e; break;
            }
        }

        public void Confirms(AccountState state)
        {
            foreach (var conversation in state.Conversations.Values)
            {
                foreach (var person in state.Operators.Values)
                {
                    var sees = MaySee(person.Id, conversation.Id);
                    Assert.Equal(sees, Visibility.Sees(state, new Actor.Operator(person.Id), conversation));
                    Assert.Equal(sees, Visibility.ShownTo(person, new ConversationAccepted(conversation.Id, conversation.Visitor, person.Id), conversation));
                }

                foreach (var visitor in state.Visitors.Keys)
                    Assert.Equal(places[conversation.Id].Visitor == visitor, Visibility.Sees(state, new Actor.Visitor(visitor), conversation));
            }
        }

        private bool MaySee(OperatorId id, ConversationId conversation) => operators[id] is { Enabled: true } person
            && (person.Role is Role.Supervisor or Role.Administrator || person.Departments.Contains(places[conversation].Department)
                || had.Contains((conversation, id)));
    }

    [Fact]
    public void Nobody_acts_on_a_conversation_they_do_not_see() => Law.OfTurns(turn =>
    {
        if (turn.Spoken.By is Actor.System)
            return;
        foreach (var (before, recorded, _) in turn.Unfolded())
            if (recorded.Event is MessagePosted or MessageRead or ConversationRated or ConversationTransferred
                    or MessageEdited or MessageDeleted or MessageDelivered or MessageResent or VisitorStopped
                && recorded.Event is ConversationEvent e)
                Assert.True(Visibility.Sees(before, turn.Spoken.By, before.Conversations[e.Conversation]));
    });

    [Fact]
    public void Nothing_of_notes_and_of_how_messages_travel_is_shown_to_a_visitor() => Law.OfStories(story =>
    {
        var notes = new HashSet<long>();
        foreach (var recorded in story.Journal)
        {
            if (recorded.Event is MessagePosted { Note: true })
                notes.Add(recorded.Seq);
            if (Witnessed.Message(recorded) is { } message && notes.Contains(message))
                Assert.False(Visibility.ShownToVisitor(recorded.Event), $"{recorded}");
            if (recorded.Event is MessageSent or MessageDelivered or MessageFailed or MessageResent or VisitorStopped or not ConversationEvent)
                Assert.False(Visibility.ShownToVisitor(recorded.Event), $"{recorded}");
            else if (Witnessed.Message(recorded) is { } said && !notes.Contains(said))
                Assert.True(Visibility.ShownToVisitor(recorded.Event), $"{recorded}");
        }
    });
}
