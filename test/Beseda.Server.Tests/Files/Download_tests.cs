using System.Text;
using Beseda.Protocol;

namespace Beseda.Server.Tests.Files;

/// <summary>A stranger's file is served so that it can be seen and kept, and does nothing.</summary>
public sealed class Download_tests(Server server)
{
    [Fact]
    public async Task A_file_is_saved_under_its_name_runs_nothing_and_stays_in_the_cache()
    {
        var guest = await (await Company.OpenAsync(server)).ReceiveAsync();
        var link = await guest.SentAsync(Parcel.Text, "счёт \"март\"; 100%.txt");

        var (answer, content) = await Parcel.FetchAsync(server.Address, link.Url);

        Assert.Equal((200, Parcel.Text.Length), ((int)answer.StatusCode, content.Length));
        Assert.Equal("text/plain", answer.Header("Content-Type"));
        var disposition = answer.Header("Content-Disposition");
        Assert.StartsWith("attachment; ", disposition, StringComparison.Ordinal);
        Assert.EndsWith("filename*=UTF-8''%D1%81%D1%87%D1%91%D1%82%20%22%D0%BC%D0%B0%D1%80%D1%82%22%3B%20100%25.txt", disposition, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("sandbox; default-src 'none'", answer.Header("Content-Security-Policy"));
        Assert.Equal(["immutable", "max-age=31536000", "private"], answer.Header("Cache-Control").Split(", ").Order());
        Assert.Equal("cross-origin", answer.Header("Cross-Origin-Resource-Policy"));
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("bytes", answer.Header("Accept-Ranges"));
    }

    [Fact]
    public async Task The_files_of_a_message_that_was_taken_back_are_nobodys_any_more()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        await anna.BeAsync(OperatorStatus.Online);
        var conversation = (await (await company.ReceiveAsync()).WriteAsync("Здравствуйте")).Conversation;
        (await anna.DoAsync(conversation, "take")).Must(204);
        var (sent, kept) = ((await anna.SendFileAsync(Parcel.Text)).Read<FileLink>(), (await anna.SendFileAsync(Parcel.Text)).Read<FileLink>());
        var path = $"/api/operator/conversations/{conversation}/messages";
        var said = (await anna.PostAsync(path, new OperatorMessage(Names.New("o"), "Счёт", Files: [sent.Id]))).Read<MessageAccepted>();
        (await anna.PostAsync(path, new OperatorMessage(Names.New("o"), "Счёт", Files: [kept.Id]))).Must(200);
        Assert.Equal(200, (int)(await Parcel.FetchAsync(server.Address, sent.Url)).Answer.StatusCode);

        (await anna.Caller.SendAsync(HttpMethod.Delete, $"{path}/{said.Seq}", null)).Must(204);

        Assert.Equal(404, (int)(await Parcel.FetchAsync(server.Address, sent.Url)).Answer.StatusCode);
        Assert.Equal(200, (int)(await Parcel.FetchAsync(server.Address, kept.Url)).Answer.StatusCode);
    }

    [Fact]
    public async Task A_part_can_be_asked_for_and_the_headers_alone()
    {
        var guest = await (await Company.OpenAsync(server)).ReceiveAsync();
        var link = await guest.SentAsync(Parcel.Text);

        var (part, content) = await Parcel.FetchAsync(server.Address, link.Url, range: "bytes=5-9");
        Assert.Equal((206, $"bytes 5-9/{Parcel.Text.Length}"), ((int)part.StatusCode, part.Header("Content-Range")));
        Assert.Equal(Parcel.Text[5..10], content);
        Assert.Equal(Parcel.Text[^4..], (await Parcel.FetchAsync(server.Address, link.Url, range: "bytes=-4")).Content);
        Assert.Equal(416, (int)(await Parcel.FetchAsync(server.Address, link.Url, range: "bytes=1000-")).Answer.StatusCode);
        var (head, nothing) = await Parcel.FetchAsync(server.Address, link.Url, HttpMethod.Head);
        Assert.Equal((200, $"{Parcel.Text.Length}", 0), ((int)head.StatusCode, head.Header("Content-Length"), nothing.Length));
        Assert.Equal("nosniff", head.Header("X-Content-Type-Options"));
    }

    [Theory]
    [InlineData("cat.png", "image/png", "<html><script>alert(1)</script>")]
    [InlineData("cat.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>")]
    [InlineData("page.html", "text/html", "Просто слова")]
    [InlineData("page.xhtml", "application/xhtml+xml; charset=utf-8", "x")]
    [InlineData("feed.xml", "text/xml", "x")]
    [InlineData("code.js", "text/javascript", "alert(1)")]
    [InlineData("notes.txt", "text/plain", " \n<!doctype html><script>alert(1)</script>")]
    [InlineData("movie.swf", "application/x-shockwave-flash", "CWS")]
    [InlineData("sheet.xsl", "text/xsl", "x")]
    [InlineData("cat.jpg", "image/jpeg", "no picture at all")]
    [InlineData("odd", "text/html\u0001; x", "x")]
    [InlineData("none", null, "x")]
    public async Task What_a_browser_might_run_is_bytes_to_be_saved(string name, string? type, string content)
    {
        var guest = await (await Company.OpenAsync(server)).ReceiveAsync();

        var link = await guest.SentAsync(Encoding.UTF8.GetBytes(content), name, type);

        Assert.Equal("application/octet-stream", link.ContentType);
        var (answer, _) = await Parcel.FetchAsync(server.Address, link.Url);
        Assert.Equal("application/octet-stream", answer.Header("Content-Type"));
        Assert.StartsWith("attachment", answer.Header("Content-Disposition"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\xFF\xD8\xFF\xE0", "text/html", "image/jpeg", true)]
    [InlineData("\x89PNG\r\n\x1A\n", null, "image/png", true)]
    [InlineData("GIF89a", "text/plain", "image/gif", true)]
    [InlineData("RIFF\0\0\0\0WEBPVP8 ", "image/jpeg", "image/webp", true)]
    [InlineData("%PDF-1.4", "text/html", "application/pdf", false)]
    [InlineData("\0\0\0\x18" + "ftypmp42", "application/octet-stream", "video/mp4", true)]
    [InlineData("\0\0\0\x18" + "ftypM4A ", "audio/x-m4a", "audio/mp4", true)]
    [InlineData("\0\0\0\x18" + "ftypheic", "image/heic", "image/heic", true)]
    [InlineData("OggS\0\x02", "audio/ogg; codecs=opus", "audio/ogg", true)]
    [InlineData("ID3\x04", "audio/mp3", "audio/mpeg", true)]
    [InlineData("\x1A\x45\xDF\xA3", "audio/webm;codecs=opus", "audio/webm", true)]
    [InlineData("PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false)]
    [InlineData("a;b\n1;2", "text/csv", "text/csv", false)]
    public async Task What_a_file_begins_with_decides_what_it_is_and_the_sender_where_that_harms_nobody(string head, string? declared, string type, bool shown)
    {
        var guest = await (await Company.OpenAsync(server)).ReceiveAsync();

        var link = await guest.SentAsync([.. Encoding.Latin1.GetBytes(head), .. new byte[20]], "a", declared);

        Assert.Equal(type, link.ContentType);
        var (answer, _) = await Parcel.FetchAsync(server.Address, link.Url);
        Assert.Equal(type, answer.Header("Content-Type"));
        Assert.StartsWith(shown ? "inline; " : "attachment; ", answer.Header("Content-Disposition"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../../etc/passwd", "passwd")]
    [InlineData(@"C:\fakepath\отчёт.pdf", "отчёт.pdf")]
    [InlineData("a\u0000b\u0001c\nd.txt", "abc d.txt")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData("dir/", "file")]
    [InlineData("%2e%2e%2fx", "%2e%2e%2fx")]
    [InlineData("photo\u202Egnp.exe", "photognp.exe")]
    [InlineData("?a=b#c&d.txt", "?a=b#c&d.txt")]
    public async Task A_name_is_a_name_and_no_way_to_anywhere(string sent, string kept)
    {
        Assert.Equal(kept, Beseda.Server.Files.FileName.Clean(sent));
        if (sent.Any(char.IsControl))
            return; // No header can carry those.
        var guest = await (await Company.OpenAsync(server)).ReceiveAsync();

        var link = await guest.SentAsync(Parcel.Text, sent);

        Assert.Equal(kept, link.Name);
        Assert.Equal(Parcel.Text, (await Parcel.FetchAsync(server.Address, link.Url)).Content);
    }

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        Assert.Equal(new string('я', 196) + ".pdf", Beseda.Server.Files.FileName.Clean(new string('я', 300) + ".pdf"));
        Assert.Equal(new string('x', 195) + ".pdf", Beseda.Server.Files.FileName.Clean(new string('x', 195) + "🙂🙂.pdf"));
        Assert.Equal(200, Beseda.Server.Files.FileName.Clean(new string('x', 300) + "." + new string('y', 300)).Length);
    }

    [Theory]
    [InlineData("/files/AAAAAAAAAAAAAAAAAAAAAA-1/a.txt")]
    [InlineData("/files/nothing/a.txt")]
    [InlineData("/files/AAAAAAAAAAAAAAAAAAAAAA-x/a.txt")]
    [InlineData("/files/%2e%2e%2f%2e%2e%2fjournal.db/a.txt")]
    [InlineData("/files/thumbnails/AAAAAAAAAAAAAAAAAAAAAA-1")]
    [InlineData("/files/thumbnails/AAAAAAAAAAAAAAAAAAAAAA-ffffffffffffffffffffff")]
    [InlineData("/files")]
    [InlineData("/files/1")]
    public async Task What_is_not_there_is_a_problem_that_nobody_keeps(string path)
    {
        var (answer, _) = await Parcel.FetchAsync(server.Address, path);

        Assert.Equal((404, "application/problem+json"), ((int)answer.StatusCode, answer.Header("Content-Type")));
        Assert.Equal("", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_file_whose_content_is_gone_is_not_there_and_the_log_says_so_without_its_id()
    {
        await using var own = await Server.StartAsync(["--limits", "off"]);
        var guest = await (await Company.OpenAsync(own)).ReceiveAsync();
        var link = await guest.SentAsync(Parcel.Text);
        File.Delete(Parcel.Stored(own).Single());

        Assert.Equal(404, (int)(await Parcel.FetchAsync(own.Address, link.Url)).Answer.StatusCode);

        Assert.Contains(own.Errors, line => line.Contains("is not where files lie", StringComparison.Ordinal));
        Assert.DoesNotContain(own.Log, line => line.Contains(link.Id, StringComparison.Ordinal));
    }
}
