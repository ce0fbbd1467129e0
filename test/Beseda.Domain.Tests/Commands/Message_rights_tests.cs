using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;
using static Beseda.Domain.Tests.Commands.Rights;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Commands;

/// <summary>Who may do what to messages and to what channels bring, at which stage, whole.</summary>
public sealed class Message_rights_tests
{
    [Fact]
    public void Editing_what_the_visitor_wrote() => Hold(scene => new EditMessage(new MessageName(scene.Question), "!"), """
                      Queued               Assigned             Active               Closed
        visitor       +                    +                    +                    +
        stranger      MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        holder        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        former        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        colleague     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        elsewhere     MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        supervisor    NotAllowed           NotAllowed           NotAllowed           NotAllowed
        administrator NotAllowed           NotAllowed           NotAllowed           NotAllowed
        disabled      MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        nobody        MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Editing_what_an_operator_wrote() => Hold(scene => new EditMessage(new MessageName(scene.Answer), "!"), """
                      Queued               Assigned             Active               Closed
        visitor       NotAllowed           NotAllowed           NotAllowed           NotAllowed
        stranger      MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        holder        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        former        +                    +                    +                    +
        colleague     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        elsewhere     MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        supervisor    NotAllowed           NotAllowed           NotAllowed           NotAllowed
        administrator NotAllowed           NotAllowed           NotAllowed           NotAllowed
        disabled      MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        nobody        MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Deleting_what_the_visitor_wrote() => Hold(scene => new DeleteMessage(new MessageName(scene.Question)), """
                      Queued               Assigned             Active               Closed
        visitor       +                    +                    +                    +
        stranger      MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        holder        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        former        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        colleague     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        elsewhere     MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        supervisor    NotAllowed           NotAllowed           NotAllowed           NotAllowed
        administrator NotAllowed           NotAllowed           NotAllowed           NotAllowed
        disabled      MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        nobody        MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Deleting_a_note() => Hold(scene => new DeleteMessage(new MessageName(scene.Note)), """
                      Queued               Assigned             Active               Closed
        visitor       MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        stranger      MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        holder        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        former        +                    +                    +                    +
        colleague     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        elsewhere     MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        supervisor    NotAllowed           NotAllowed           NotAllowed           NotAllowed
        administrator NotAllowed           NotAllowed           NotAllowed           NotAllowed
        disabled      MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        nobody        MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Sending_again_what_failed() => Hold(scene => new ResendMessage(scene.Conversation, scene.Answer), """
                      Queued               Assigned             Active               Closed
        visitor       NotAllowed           NotAllowed           NotAllowed           NotAllowed
        stranger      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        holder        +                    +                    +                    +
        former        +                    +                    +                    +
        colleague     +                    +                    +                    +
        elsewhere     ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        supervisor    +                    +                    +                    +
        administrator +                    +                    +                    +
        disabled      ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        nobody        ConversationNotFound ConversationNotFound ConversationNotFound ConversationNotFound
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Starting() => Hold(scene => new StartConversation("x", "telegram", null, null), """
                      Queued               Assigned             Active               Closed
        visitor       =                    =                    =                    +
        stranger      =                    =                    =                    =
        holder        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        former        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        colleague     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        elsewhere     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        supervisor    NotAllowed           NotAllowed           NotAllowed           NotAllowed
        administrator NotAllowed           NotAllowed           NotAllowed           NotAllowed
        disabled      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        nobody        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Stopping_the_channel() => Hold(scene => new StopVisitor(true), """
                      Queued               Assigned             Active               Closed
        visitor       +                    +                    +                    =
        stranger      +                    +                    +                    +
        holder        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        former        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        colleague     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        elsewhere     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        supervisor    NotAllowed           NotAllowed           NotAllowed           NotAllowed
        administrator NotAllowed           NotAllowed           NotAllowed           NotAllowed
        disabled      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        nobody        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Confirming() => Hold(scene => new ConfirmDelivery(["?"], true), """
                      Queued               Assigned             Active               Closed
        visitor       MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        stranger      MessageNotFound      MessageNotFound      MessageNotFound      MessageNotFound
        holder        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        former        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        colleague     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        elsewhere     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        supervisor    NotAllowed           NotAllowed           NotAllowed           NotAllowed
        administrator NotAllowed           NotAllowed           NotAllowed           NotAllowed
        disabled      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        nobody        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        system        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        """);

    [Fact]
    public void Recording_what_was_sent() => Hold(scene => new RecordSent(scene.Conversation, Ivan, scene.Answer, 0, 1, "e", null), """
                      Queued               Assigned             Active               Closed
        visitor       NotAllowed           NotAllowed           NotAllowed           NotAllowed
        stranger      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        holder        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        former        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        colleague     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        elsewhere     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        supervisor    NotAllowed           NotAllowed           NotAllowed           NotAllowed
        administrator NotAllowed           NotAllowed           NotAllowed           NotAllowed
        disabled      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        nobody        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        system        +                    +                    +                    +
        """);

    [Fact]
    public void Recording_what_failed() => Hold(scene => new RecordFailure(scene.Conversation, Ivan, scene.Question, DeliveryFault.Refused, null), """
                      Queued               Assigned             Active               Closed
        visitor       NotAllowed           NotAllowed           NotAllowed           NotAllowed
        stranger      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        holder        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        former        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        colleague     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        elsewhere     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        supervisor    NotAllowed           NotAllowed           NotAllowed           NotAllowed
        administrator NotAllowed           NotAllowed           NotAllowed           NotAllowed
        disabled      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        nobody        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        system        +                    +                    +                    +
        """);

    [Fact]
    public void Recording_a_file_that_came() => Hold(scene => new ArriveFile(scene.Conversation, Ivan, scene.Question, new MessageFile("f", FileStage.Ready, "", 1), null), """
                      Queued               Assigned             Active               Closed
        visitor       NotAllowed           NotAllowed           NotAllowed           NotAllowed
        stranger      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        holder        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        former        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        colleague     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        elsewhere     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        supervisor    NotAllowed           NotAllowed           NotAllowed           NotAllowed
        administrator NotAllowed           NotAllowed           NotAllowed           NotAllowed
        disabled      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        nobody        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        system        +                    +                    +                    +
        """);

    [Fact]
    public void Mirroring() => Hold(scene => new MirrorMessage("x", Ivan, "!", "m", null), """
                      Queued               Assigned             Active               Closed
        visitor       NotAllowed           NotAllowed           NotAllowed           NotAllowed
        stranger      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        holder        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        former        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        colleague     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        elsewhere     NotAllowed           NotAllowed           NotAllowed           NotAllowed
        supervisor    NotAllowed           NotAllowed           NotAllowed           NotAllowed
        administrator NotAllowed           NotAllowed           NotAllowed           NotAllowed
        disabled      NotAllowed           NotAllowed           NotAllowed           NotAllowed
        nobody        NotAllowed           NotAllowed           NotAllowed           NotAllowed
        system        +                    +                    +                    ConversationNotFound
        """);
}
