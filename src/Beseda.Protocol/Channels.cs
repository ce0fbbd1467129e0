namespace Beseda.Protocol;

/// <summary><c>GET /api/admin/channels/kinds</c>: a platform that can be connected.</summary>
/// <param name="Kind"><c>telegram</c>, <c>vk</c>, <c>viber</c>, <c>messenger</c> or <c>mail</c>.</param>
/// <param name="Fields">What it needs to be told, in order.</param>
public sealed record ChannelKind(string Kind, string Name, IReadOnlyList<ChannelField> Fields, Capabilities Capabilities);

/// <param name="Secret">Stored encrypted, and never answered.</param>
/// <param name="Choices">Null: anything.</param>
public sealed record ChannelField(string Name, bool Secret = false, bool Required = true, IReadOnlyList<string>? Choices = null);

/// <summary>What can be done in a channel. What cannot is not offered.</summary>
/// <param name="TextLength">Of one message, in UTF-16 units; longer ones are split at sentence ends.</param>
/// <param name="Buttons">At most so many under a message; 0: they become numbered lines.</param>
/// <param name="MaxFile">Bytes; larger ones, and all where it is 0, become links.</param>
/// <param name="Edit">What was sent can be changed.</param>
/// <param name="Delete">What was sent can be taken back.</param>
/// <param name="Delivered">It tells when a device has a message.</param>
/// <param name="Seen">It tells when a visitor has seen one.</param>
/// <param name="TypingShown">The visitor sees that an operator types.</param>
/// <param name="TypingSeen">The operator sees that the visitor types.</param>
/// <param name="Replies">A message can answer an older one.</param>
/// <param name="ReplyWithinHours">After the visitor's last message; null: at any time.</param>
/// <param name="MayStart">The company may write first.</param>
public sealed record Capabilities(
    int TextLength, int Buttons = 0, long MaxFile = 0, bool Edit = false, bool Delete = false, bool Delivered = false,
    bool Seen = false, bool TypingShown = false, bool TypingSeen = false, bool Replies = false, int? ReplyWithinHours = null,
    bool MayStart = false);

/// <summary><c>/api/admin/channels</c>.</summary>
/// <param name="Department">Where its conversations go; null: the default.</param>
/// <param name="Language">Of the texts, for visitors in whose own language there are none.</param>
/// <param name="Texts">Language → what it says by itself, as far as that differs from the standard.</param>
/// <param name="Settings">Its kind's fields that are no secret.</param>
/// <param name="Secrets">The others. Accepted, never answered; those left out stay as they are.</param>
/// <param name="Door">The address to which the platform sends what happens. This and what follows is answered, never accepted.</param>
/// <param name="Link">Where visitors find it.</param>
/// <param name="VerifyToken">What the platform's own page asks for beside <paramref name="Door"/>, where it does.</param>
public sealed record ChannelSettings(
    string Kind, string Name, bool Enabled = true, long? Department = null, string Language = "ru",
    IReadOnlyDictionary<string, DialogueTexts>? Texts = null, IReadOnlyDictionary<string, string>? Settings = null,
    IReadOnlyDictionary<string, string>? Secrets = null, long? Id = null, string? Door = null, string? Link = null,
    ChannelHealth? Health = null, string? VerifyToken = null);

/// <summary>What a channel says by itself. Missing: the standard text; empty: nothing. <c>{operator}</c> and <c>{company}</c> stand for names.</summary>
public sealed record DialogueTexts(
    string? Greeting = null, string? Wait = null, string? Away = null, string? Joined = null, string? Closed = null,
    string? Rate = null, string? Recommend = null, string? Thanks = null, string? CloseButton = null);

/// <param name="State">What is wrong with it, if anything.</param>
/// <param name="LastUpdate">When the platform last told of something.</param>
/// <param name="Error">The last one, when <paramref name="State"/> says that there is one.</param>
/// <param name="Lag">Events that have not been looked at yet.</param>
/// <param name="WaitingConversations">Those of which something could not be sent yet.</param>
/// <param name="FailingSince">Nothing has got through since.</param>
/// <param name="NotUnderstood">Updates kept as they came, to be read again by a later release.</param>
public sealed record ChannelHealth(
    ChannelState State, DateTimeOffset? LastUpdate = null, DateTimeOffset? LastError = null, string? Error = null, long Lag = 0,
    long WaitingConversations = 0, DateTimeOffset? FailingSince = null, long NotUnderstood = 0);

/// <summary><c>POST /api/admin/channels/{id}/test</c>: says something to a visitor of the channel.</summary>
/// <param name="To">As the channel names the visitor; null: who wrote last.</param>
public sealed record ChannelTest(string? To = null, string? Text = null);

/// <param name="To">Who it went to, as the channel names them.</param>
public sealed record ChannelTested(string To, string External);
