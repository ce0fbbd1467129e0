using Beseda.Protocol;

namespace Beseda.Workplace.Conversations;

/// <summary>How the next message of the conversation on the page will be sent. Its text is the browser's until then.</summary>
public sealed class Composing(Board board)
{
    private long? conversation;
    private bool note;
    private MessagePosted? answered;

    public event Action? Changed;

    /// <summary>The visitor may be written to: the conversation is mine, or offered to me (writing accepts it).</summary>
    public bool MayAnswer => board.Open is { IsOpen: true } chat && chat.Operator is { } owner && owner == board.Me?.Id;

    public bool Note => Current(note) || !MayAnswer;

    public MessagePosted? ReplyTo => conversation == board.Open?.Id ? answered : null;

    public void SwitchNote() => Change(!Note, ReplyTo);

    public void Answer(MessagePosted? message) => Change(Current(note), message);

    public void Reset() => Change(false, null);

    /// <summary>What was chosen for one conversation does not hold for the next.</summary>
    private bool Current(bool chosen) => chosen && conversation == board.Open?.Id;

    private void Change(bool toNote, MessagePosted? replyTo)
    {
        (conversation, note, answered) = (board.Open?.Id, toNote, replyTo);
        Changed?.Invoke();
    }
}
