namespace Beseda.Platforms.Deliveries;

/// <summary>An update on its way to a webhook.</summary>
/// <param name="Number">Rises by one with every update of the account.</param>
/// <param name="Queue">Those of one queue go one after another.</param>
internal sealed record Parcel(long Number, string Queue, string Kind, string Body);

/// <summary>One attempt to deliver an update.</summary>
/// <param name="Kind">The update's name on the wire: <c>message</c>, <c>message_new</c>, <c>delivered</c>.</param>
/// <param name="Body">As it was sent.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Status">Of the answer; 0 when there was none.</param>
/// <param name="Answer">Its body, or why there was none.</param>
/// <param name="Accepted">The platform is content and will not try again.</param>
/// <param name="Duplicate">Delivered once more only because faults said so.</param>
public sealed record Delivery(DateTimeOffset At, string Kind, string Body, int Attempt, int Status, string Answer, bool Accepted, bool Duplicate);
