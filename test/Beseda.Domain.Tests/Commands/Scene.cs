using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Commands;

/// <summary>One conversation of Ivan's, who writes from a channel, at one stage, and everybody who could have something to say about it.</summary>
internal sealed class Scene
{
    private Scene(Stage stage)
    {
        Sales = Company.Opens("Sales", Routed.Hand);
        Former = Company.Hires("Former");
        Holder = Company.Hires("Holder");
        Colleague = Company.Hires("Colleague");
        Elsewhere = Company.Hires("Elsewhere", departments: [Sales]);
        Supervisor = Company.Hires("Supervisor", Role.Supervisor, departments: []);
        Disabled = Company.Hires("Disabled");
        Company.Changes(Disabled, one => one with { Enabled = false });
        Channel = Company.Connects();
        Company.Meets(Ivan, Channel);
        Company.Writes(Olga);
        Conversation = Company.Serves(Former, Ivan);
        Answer = Company.Answers(Former, Conversation);
        Note = Company.Answers(Former, Conversation, note: true);
        Company.Do(new RecordFailure(Conversation, Ivan, Answer, DeliveryFault.Blocked, "403"));
        Company.Do(Ivan, new ReadMessages(null, Answer));
        Company.Writes(Ivan);
        Question = Company.Receipt.Seq;
        Company.Remembers(Question, Answer, Note);
        Reach(stage);
        Assert.Equal(stage, Company[Conversation].Stage);
    }

    public Company Company { get; } = new(Routed.Hand);
    public DepartmentId Sales { get; }
    public ChannelId Channel { get; }
    public ConversationId Conversation { get; }
    /// <summary>Ivan's last message.</summary>
    public long Question { get; }
    /// <summary>It could not be delivered.</summary>
    public long Answer { get; }
    public long Note { get; }
    public OperatorId Former { get; }
    public OperatorId Holder { get; }
    public OperatorId Colleague { get; }
    public OperatorId Elsewhere { get; }
    public OperatorId Supervisor { get; }
    public OperatorId Disabled { get; }

    public static IReadOnlyList<Scene> All { get; } = [.. Enum.GetValues<Stage>().Select(stage => new Scene(stage))];

    public IReadOnlyList<(string Name, Actor Actor)> Actors =>
    [
        ("visitor", new Actor.Visitor(Ivan)), ("stranger", new Actor.Visitor(Olga)), ("holder", new Actor.Operator(Holder)),
        ("former", new Actor.Operator(Former)), ("colleague", new Actor.Operator(Colleague)), ("elsewhere", new Actor.Operator(Elsewhere)),
        ("supervisor", new Actor.Operator(Supervisor)), ("administrator", new Actor.Operator(Company.Admin)),
        ("disabled", new Actor.Operator(Disabled)), ("nobody", new Actor.Operator(new OperatorId(999))), ("system", Actor.System.Itself),
    ];

    private void Reach(Stage stage)
    {
        if (stage == Stage.Queued)
        {
            Company.Do(Former, new TransferConversation(Conversation, null, Company.Support, null));
            return;
        }

        Company.Do(Former, new TransferConversation(Conversation, Holder, null, null));
        if (stage is Stage.Active or Stage.Closed)
            Company.Answers(Holder, Conversation);
        if (stage == Stage.Closed)
            Company.Do(Holder, new CloseConversation(Conversation));
    }
}
