using Beseda.Domain.Conversations;
using Beseda.Domain.Routing;
using Beseda.Domain.Visitors;
using Beseda.Journal;
using Beseda.Server.Accounts;
using Beseda.Server.Channels;
using Beseda.Server.Conversations;
using Beseda.Server.Doors;
using Beseda.Server.Feeds;
using Beseda.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Beseda.Server.Visitors;

/// <summary><c>POST /api/visitor/session</c>: who the browser is, and everything it needs to show the chat.</summary>
internal static class OpenSession
{
    private const int TimelineLength = 50;

    public static async Task<IResult> Post(Wire.SessionRequest request, HttpContext http, AccountKeys keys, Sessions sessions)
    {
        if (await keys.FindAsync(request.Account) is not { } account)
            return Problems.NotFound("account-not-found", "There is no such account here.");
        var state = await sessions.Journal.StateAsync(account);
        if (!Origins.Allows(http.Request, state.Account))
            return Origins.Refuse();

        var old = request.Token is { } sent && VisitorToken.Read(sent, sessions.Key) is { } read && read.Account == account ? read : null;
        CustomerIdentity? identity = null;
        if (request.Identity is { } jwt)
        {
            (identity, var fault) = await CustomerIdentity.ReadAsync(jwt, sessions.IdentityKey(state.Account), sessions.Clock.GetUtcNow());
            if (identity is null)
                return fault == CustomerIdentity.Fault.Expired
                    ? Problems.Of(401, "identity-expired", "The identity is no longer valid.")
                    : Problems.Of(401, "identity-invalid", "The identity was not signed with this account's key, or lacks sub or exp.");
        }

        if (identity is null)
            return await AnswerAsync(sessions, account, request, old, old is { Identified: false } ? old.Visitor : null);

        var otherwise = new VisitorId(VisitorToken.RandomId());
        var anonymous = old is { Identified: false } ? old.Visitor : (VisitorId?)null;
        var identify = new IdentifyVisitor(identity.Customer, identity.ProfileDigest, identity.Profile, otherwise, anonymous);
        var customer = otherwise;
        var refused = await sessions.Journal.SubmitAsync(http, account, Actor.System.Itself, identify, receipt =>
        {
            customer = new VisitorId(receipt.Visitor!.Value);
            return TypedResults.NoContent();
        });
        if (refused is not NoContent)
            return refused;
        try
        {
            await sessions.Recognition.ByPhoneAsync(account, customer, identity.Profile.Fields.GetValueOrDefault("phone"));
        }
        catch (UnavailableException later)
        {
            return Problems.Unavailable(http.Response, later.After);
        }

        return await AnswerAsync(sessions, account, request, old, customer, identified: true);
    }

    private static async Task<IResult> AnswerAsync(
        Sessions sessions, AccountId account, Wire.SessionRequest request, VisitorToken? old, VisitorId? known, bool identified = false)
    {
        var visitor = known ?? new VisitorId(VisitorToken.RandomId());
        var token = VisitorToken.New(account, visitor, identified);
        if (old is not null)
            sessions.Journal.Reset(account, FeedKeys.OfToken(old.Nonce));

        var snapshot = known is null
            ? new Snapshot(await sessions.Journal.StateAsync(account), new Visitor(visitor), Timeline.Empty)
            : await Snapshot.ReadAsync(sessions.Journal, account, visitor, TimelineLength);
        var (state, row, timeline) = snapshot;
        var telling = new Telling(state, row, ToOperators: false);
        var department = request.Department is { } asked ? new DepartmentId(asked) : (DepartmentId?)null;
        return TypedResults.Ok(new Wire.SessionAnswer(
            token.Sign(sessions.Key), sessions.Journal.Id, telling.Card(visitor), state.Seq,
            Names.Of(Opennesses.Of(state, department)), Current(state, row, telling),
            timeline.Told(telling), timeline.HasMore,
            new Wire.WidgetSettings(state.Account.Name, state.Account.Accent, state.Account.RatingScale)));
    }

    private static Wire.VisitorConversation? Current(AccountState state, Visitor visitor, Telling telling) =>
        visitor.Open is { } open && state.Conversations.TryGetValue(open, out var conversation)
            ? new Wire.VisitorConversation(
                open.Value, Names.Of(conversation.Stage),
                conversation is { Stage: Stage.Active, Operator: { } person } ? telling.Card(person) : null,
                state.Index.Position(conversation))
            : null;
}

/// <summary>A visitor's state and history as of one seq: the read happens in one snapshot of the database, and the state is that snapshot's.</summary>
internal sealed record Snapshot(AccountState State, Visitor Visitor, Timeline Timeline)
{
    public static async Task<Snapshot> ReadAsync(ChatJournal journal, AccountId account, VisitorId visitor, int limit)
    {
        var state = await journal.StateAsync(account);
        return await journal.Readers.ReadAsync(session =>
        {
            // Committed before it was published, so the database is never behind the state; what is newer comes by the feed.
            var row = state.Visitors.GetValueOrDefault(visitor) ?? ChatRows.Visitor(session, account, visitor) ?? new Visitor(visitor);
            return new Snapshot(state, row, Timelines.OfVisitor(session, journal, account, visitor, state.Seq + 1, limit));
        });
    }
}
