namespace Beseda.Server.Channels;

/// <summary>Files at addresses that a platform named.</summary>
internal static class Web
{
    /// <exception cref="PlatformException">It is not there, or not for us.</exception>
    public static async Task<Fetched> FetchAsync(HttpClient http, string url, CancellationToken stop)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new PlatformException(PlatformFault.Refused, "no address of a file");
        var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stop);
        if (!answer.IsSuccessStatusCode)
        {
            using (answer)
                throw new PlatformException((int)answer.StatusCode is 408 or 425 or 429 or >= 500 ? PlatformFault.Later : PlatformFault.Refused, $"HTTP {(int)answer.StatusCode}");
        }

        return new Fetched(await answer.Content.ReadAsStreamAsync(stop), answer.Content.Headers.ContentType?.MediaType, null, answer);
    }
}
