using System.Net.Http.Headers;
using System.Text;
using Beseda.Protocol;

namespace Beseda.Server.Tests.Files;

/// <summary>Sends files as browsers do, and fetches them as anybody does who has the address.</summary>
internal static class Parcel
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false });

    public static readonly byte[] Text = Encoding.UTF8.GetBytes("Счёт за март: 500 рублей");

    public static Task<Reply> SendFileAsync(this Guest guest, byte[] content, string name = "счёт.txt", string? type = "text/plain") =>
        guest.Caller.SendAsync(HttpMethod.Post, "/api/visitor/files", Form(content, name, type));

    public static Task<Reply> SendFileAsync(this Clerk clerk, byte[] content, string name = "счёт.txt", string? type = "text/plain") =>
        clerk.Caller.SendAsync(HttpMethod.Post, "/api/operator/files", Form(content, name, type));

    public static async Task<FileLink> SentAsync(this Guest guest, byte[] content, string name = "счёт.txt", string? type = "text/plain") =>
        (await guest.SendFileAsync(content, name, type)).Read<FileLink>();

    /// <summary>The name as browsers write it: UTF-8, quotation marks as %22.</summary>
    public static ByteArrayContent Form(byte[] content, string name, string? type, string field = "file")
    {
        var head = $"--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name.Replace("\"", "%22", StringComparison.Ordinal)}\"\r\n{(type is null ? "" : $"Content-Type: {type}\r\n")}\r\n";
        return new ByteArrayContent([.. Encoding.UTF8.GetBytes(head), .. content, .. "\r\n--b--\r\n"u8])
        {
            Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b") },
        };
    }

    /// <summary>With no more than the address.</summary>
    public static async Task<(HttpResponseMessage Answer, byte[] Content)> FetchAsync(Uri server, string? url, HttpMethod? method = null, string? range = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(server, url));
        if (range is not null)
            request.Headers.TryAddWithoutValidation("Range", range);
        var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    public static string Header(this HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).Where(one => one.Key == name).SelectMany(one => one.Value));

    /// <summary>Everything that lies in a server's folder of files.</summary>
    public static string[] Stored(Server server) => Directory.GetFiles(Path.Combine(server.Folder, "files"), "*", SearchOption.AllDirectories);
}
