using System.Security.Cryptography;

namespace Beseda.Server.Workplace;

/// <summary>
/// What the console's page may load and run: its own files, and nothing that a message could smuggle in.
/// </summary>
internal static class ContentPolicy
{
    /// <summary>Sets the headers and returns the nonce for the page's one inline script, the import map.</summary>
    public static string Apply(HttpResponse response)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        response.Headers.ContentSecurityPolicy =
            $"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; " +
            "img-src 'self' data:; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
        return nonce;
    }
}
