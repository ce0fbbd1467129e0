using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Beseda.Domain.Conversations;
using Beseda.Domain.Visitors;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Beseda.Server.Visitors;

/// <summary>
/// How a company's own site vouches for a signed-in customer: a JWT (RFC 7519), HS256 with the account's key, with
/// <c>sub</c> and <c>exp</c> at most 24 hours ahead, and string claims.
/// </summary>
internal sealed record CustomerIdentity(string Customer, string ProfileDigest, VisitorProfile Profile)
{
    private const int MostFields = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };
    private static readonly string[] Registered = ["iss", "aud", "exp", "nbf", "iat", "jti", "sub"];

    public enum Fault { Invalid, Expired }

    public static async Task<(CustomerIdentity? Identity, Fault Fault)> ReadAsync(string jwt, byte[] key, DateTimeOffset now)
    {
        var result = await Handler.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            IssuerSigningKey = new SymmetricSecurityKey(key),
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidateIssuer = false,
            ValidateAudience = false,
            RequireExpirationTime = true,
            LifetimeValidator = (_, _, _, _) => true,
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken { Subject: { Length: > 0 and <= 200 } subject } token)
            return (null, Fault.Invalid);
        if (token.ValidTo == DateTime.MinValue || token.ValidTo > (now + Longest + TimeSpan.FromMinutes(1)).UtcDateTime)
            return (null, Fault.Invalid);
        if (token.ValidTo <= now.UtcDateTime)
            return (null, Fault.Expired);
        return (Of(subject, Fields(token)), default);
    }

    private static CustomerIdentity Of(string subject, ImmutableSortedDictionary<string, string> fields)
    {
        var profile = new VisitorProfile(MessageText.CleanLine(subject), fields);
        var written = string.Join('\n', fields.Select(field => $"{field.Key}\t{field.Value}"));
        return new CustomerIdentity(Digest(subject), Digest(written), profile);
    }

    /// <summary>Strings only, and not the claims that concern the token itself.</summary>
    private static ImmutableSortedDictionary<string, string> Fields(JsonWebToken token) => token.Claims
        .Where(claim => claim.ValueType == System.Security.Claims.ClaimValueTypes.String && !Registered.Contains(claim.Type) && claim.Type.Length <= 50)
        .DistinctBy(claim => claim.Type)
        .Take(MostFields)
        .ToImmutableSortedDictionary(claim => claim.Type, claim => Short(MessageText.CleanLine(claim.Value)), StringComparer.Ordinal);

    private static string Short(string value) => value.Length <= 500 ? value : MessageText.Clean(value[..500]);

    private static string Digest(string text) =>
        System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 18));
}
