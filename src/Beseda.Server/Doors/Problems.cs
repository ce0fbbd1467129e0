using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Beseda.Server.Doors;

/// <summary>Errors as RFC 9457 problem details with a stable code.</summary>
internal static class Problems
{
    public static ProblemHttpResult Of(int status, string code, string title, IReadOnlyDictionary<string, string>? errors = null)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        if (errors is not null)
            extensions["errors"] = errors;
        return TypedResults.Problem(title: title, statusCode: status, type: $"urn:beseda:problem:{code}", extensions: extensions);
    }

    public static ProblemHttpResult Invalid(string field, string wrong) =>
        Of(422, "invalid", "Some fields are not right.", new Dictionary<string, string> { [field] = wrong });

    public static ProblemHttpResult NotFound(string code, string title) => Of(404, code, title);

    public static ProblemHttpResult Overloaded() => Of(503, "overloaded", "Too much to do just now: try again in a moment.");

    public static ProblemHttpResult Unavailable(HttpResponse response, TimeSpan retryAfter)
    {
        response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Overloaded();
    }

    public static ProblemHttpResult Failed() => Of(500, "failed", "This could not be stored. It left no trace.");

    /// <summary>Every refusal of the rules, once.</summary>
    public static ProblemHttpResult Of(Refusal refusal) => refusal switch
    {
        Refusal.ConversationNotFound => NotFound("conversation-not-found", "There is no such conversation for you."),
        Refusal.OperatorNotFound => NotFound("operator-not-found", "There is no such operator."),
        Refusal.DepartmentNotFound => Of(422, "department-not-found", "There is no such department."),
        Refusal.ReplyNotFound => Of(422, "reply-not-found", "There is no such message to reply to."),
        Refusal.MessageNotFound => NotFound("message-not-found", "There is no such message for you."),
        Refusal.ChannelNotFound => NotFound("channel-not-found", "There is no such channel."),
        Refusal.LabelNotFound => Of(422, "label-not-found", "There is no such category or tag, or it is no longer in use."),
        Refusal.TooManyAddresses => Of(409, "too-many-addresses", "No person writes from so many addresses."),
        Refusal.OutOfOrder => Of(409, "out-of-order", "An earlier message is missing."),
        Refusal.NotAllowed => Of(403, "not-allowed", "You may not do this."),
        Refusal.AlreadyTaken => Of(409, "already-taken", "Another operator has this conversation."),
        Refusal.NotTaken => Of(409, "not-taken", "Take the conversation first."),
        Refusal.ConversationClosed => Of(409, "conversation-closed", "The conversation is closed."),
        Refusal.OperatorUnavailable => Of(409, "operator-unavailable", "That operator is not online."),
        Refusal.NoDepartment => Of(409, "no-department", "The account has no department yet."),
        Refusal.NotAsked => Of(409, "not-asked", "No rating has been asked for."),
        Refusal.AlreadyRated => Of(409, "already-rated", "The rating can no longer be changed."),
        Refusal.RatingLapsed => Of(409, "rating-lapsed", "It is too late to rate."),
        Refusal.WrongScale => Of(422, "wrong-scale", "Another scale was asked for."),
        Refusal.ScoreOutOfRange => Of(422, "score-out-of-range", "The score is not on the scale."),
        Refusal.LastAdministrator => Of(409, "last-administrator", "Somebody has to be the administrator."),
        Refusal.AlreadyAnOperator => Of(409, "already-an-operator", "This user is an operator here already."),
    };
}
