using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Beseda.Server.Visitors;

namespace Beseda.Server.Doors;

/// <summary>How often one visitor or one address may call. Generous to people, hard on loops; <c>--limits off</c> for load tests.</summary>
internal static class Limits
{
    public const string PerVisitor = "per-visitor";
    public const string SignalsPerVisitor = "signals-per-visitor";
    public const string PerAddress = "per-address";
    public const string SignInsPerAddress = "sign-ins-per-address";

    public static void AddLimits(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = 429;
        limiter.OnRejected = RejectAsync;
        Add(PerVisitor, VisitorOf, burst: 30, perSecond: 2);
        Add(SignalsPerVisitor, VisitorOf, burst: 60, perSecond: 10);
        Add(PerAddress, AddressOf, burst: 120, perSecond: 4);
        Add(SignInsPerAddress, AddressOf, burst: 10, perSecond: 1, seconds: 6);

        void Add(string policy, Func<HttpContext, string> key, int burst, int perSecond, int seconds = 1) =>
            limiter.AddPolicy(policy, http =>
                RateLimitPartition.GetTokenBucketLimiter($"{policy} {key(http)}", _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = burst,
                    TokensPerPeriod = perSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(seconds),
                    QueueLimit = 0,
                }));
    });

    private static string VisitorOf(HttpContext http) =>
        http.User is VisitorPrincipal visitor ? $"{visitor.Token.Account}:{visitor.Token.Visitor}" : AddressOf(http);

    /// <summary>An IPv6 site has a whole /64 to choose from, so that is what counts.</summary>
    private static string AddressOf(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.GetAddressBytes() is { Length: 16 } bytes
            ? new IPAddress([.. bytes.AsSpan(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]).ToString()
            : address.ToString();
    }

    private static async ValueTask RejectAsync(Microsoft.AspNetCore.RateLimiting.OnRejectedContext context, CancellationToken cancel)
    {
        // The buckets are filled on a tick, a moment later than the lease says.
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Ceiling(after.TotalSeconds + 0.2) : 1;
        context.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        await Problems.Of(429, "too-many", "Too many at once: try again in a moment.").ExecuteAsync(context.HttpContext);
    }
}
