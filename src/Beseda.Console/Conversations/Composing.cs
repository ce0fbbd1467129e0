using Beseda.Protocol;

namespace Beseda.Workplace.Conversations;

/// <summary>How the next message of the conversation on the page will be sent, or which older one is being edited. Its text
/// is the browser's until then.</summary>
public sealed class Composing(Board board)
{
    private long? conversation;
    private bool note;
    private MessagePosted? answered, edited;

    public event Action? Changed;

    /// <summary>The visitor may be written to: the conversation is mine, or offered to me (writing accepts it).</summary>
    public bool MayAnswer => board.Open is { IsOpen: true } chat && chat.Operator is { } owner && owner == board.Me?.Id;

    public bool Note => Editing?.Note ?? (Current(note) || !MayAnswer);

    public MessagePosted? ReplyTo => Current(true) ? answered : null;

    /// <summary>What is written replaces what this says.</summary>
    public MessagePosted? Editing => Current(true) ? edited : null;

    public void SwitchNote() => Change(!Note, ReplyTo, null);

    public void Answer(MessagePosted? message) => Change(Current(note), message, null);

    public void Edit(MessagePosted? message) => Change(Current(note), ReplyTo, message);

    public void Reset() => Change(false, null, null);

    /// <summary>What was chosen for one conversation does not hold for the next.</summary>
    private bool Current(bool chosen) => chosen && conversation == board.Open?.Id;

    private void Change(bool toNote, MessagePosted? replyTo, MessagePosted? toEdit)
    {
        (conversation, note, answered, edited) = (board.Open?.Id, toNote, replyTo, toEdit);
        Changed?.Invoke();
    }
}
