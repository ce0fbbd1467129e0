using System.Text.Json;

namespace Beseda.Protocol;

/// <summary><c>GET/PUT /api/admin/account</c>.</summary>
/// <param name="Origins">Sites that may carry the widget; empty: any.</param>
/// <param name="RatingScale">5 or 10.</param>
/// <param name="IdentityKey">Signs customers' identities (HS256). Answered, never accepted: leave it out to keep it.</param>
/// <param name="Zone">On whose clocks reports tell days and hours: a name of the tz database. Missing: UTC.</param>
/// <param name="Pauses">Missing: four minutes and ten.</param>
public sealed record AccountSettings(
    string Key, string Name, IReadOnlyList<string> Origins, int RatingScale, string? Accent = null, string? IdentityKey = null,
    string? Zone = null, Pauses? Pauses = null);

/// <summary>How much of a silence counts as handling a conversation.</summary>
/// <param name="VisitorSeconds">While the visitor is to write.</param>
/// <param name="OperatorSeconds">While the operator is.</param>
public sealed record Pauses(int VisitorSeconds, int OperatorSeconds);

/// <param name="AcceptSeconds">An offer lapses after this long.</param>
/// <param name="GraceSeconds">Running conversations of an operator who is gone return to the queue after this long.</param>
/// <param name="CloseAfterMinutes">A conversation nobody writes in is closed after this long.</param>
/// <param name="Hours">Missing: it works always.</param>
public sealed record DepartmentSettings(
    string Name, Routing Routing = Routing.Hand, int AcceptSeconds = 30, int GraceSeconds = 60,
    int CloseAfterMinutes = 1440, long? Id = null, WorkingHours? Hours = null);

/// <param name="Password">Accepted, never answered. Needed for a user the installation does not know yet.</param>
public sealed record OperatorSettings(
    string Email, string Name, Role Role = Role.Operator, int Limit = 4, IReadOnlyList<long>? Departments = null,
    string? Title = null, string? Avatar = null, bool Enabled = true, string? Password = null, long? Id = null);

/// <summary><c>/api/admin/webhooks</c>. What follows <paramref name="From"/> is answered, never accepted.</summary>
/// <param name="Url">Gets one POST per event.</param>
/// <param name="Kinds">As in <see cref="Protocol.Kinds"/>; none: all.</param>
/// <param name="Paused">By itself after failing for a day, or by somebody.</param>
/// <param name="From">When it is made: the first event it is to hear of. None: what happens from now on.</param>
/// <param name="Secret">Signs what is sent. Answered once, when the webhook is made.</param>
/// <param name="Cursor">Up to this event everything is delivered, or waits in a conversation.</param>
/// <param name="Lag">Events after the cursor.</param>
/// <param name="WaitingConversations">Those of which something could not be delivered yet.</param>
/// <param name="FailingSince">Nothing has got through since.</param>
/// <param name="Error">The last one.</param>
public sealed record WebhookSettings(
    string Url, IReadOnlyList<string>? Kinds = null, bool? Paused = null, long? From = null,
    long? Id = null, string? Secret = null, long? CreatedBy = null, DateTimeOffset? CreatedAt = null, long? Cursor = null,
    long? Lag = null, long? WaitingConversations = null, DateTimeOffset? FailingSince = null, string? Error = null);

/// <summary><c>POST /api/admin/webhooks/{id}/replay</c>: everything from an event on is sent again.</summary>
public sealed record ReplayRequest(long From);

/// <summary><c>GET /api/admin/journal</c>: the events as they lie in the database.</summary>
public sealed record JournalPage(string Journal, long Head, IReadOnlyList<RawEvent> Events);

/// <param name="Kind">As in <see cref="Kinds"/>, or the stored number of one this version does not know.</param>
/// <param name="Words">What people wrote; null when there was none or it was erased.</param>
public sealed record RawEvent(
    long Seq, string Kind, DateTimeOffset At, JsonElement Body,
    long? Conversation = null, string? Visitor = null, JsonElement? Words = null);
