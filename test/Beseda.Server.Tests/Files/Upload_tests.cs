using System.Security.Cryptography;
using System.Text;
using Beseda.Protocol;
using Beseda.Server.Files;
using Microsoft.Extensions.DependencyInjection;

namespace Beseda.Server.Tests.Files;

/// <summary>What comes in by either door is kept to the byte, and what may not come in leaves nothing behind.</summary>
public sealed class Upload_tests(Server server)
{
    private static readonly byte[] Pdf = "%PDF-1.7 …"u8.ToArray();

    [Fact]
    public async Task A_visitor_s_and_an_operator_s_file_are_had_by_whoever_has_the_address()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();

        var theirs = await guest.SentAsync(Parcel.Text);
        var ours = (await company.Admin.SendFileAsync(Pdf, "Договор.pdf", "application/pdf")).Read<FileLink>();

        Assert.Equal(("счёт.txt", "text/plain", Parcel.Text.Length), (theirs.Name, theirs.ContentType, theirs.Size));
        Assert.Equal((22, null, null, null), (theirs.Id.LastIndexOf('-'), theirs.Width, theirs.Height, theirs.ThumbnailUrl));
        Assert.Equal($"/files/{theirs.Id}/{Uri.EscapeDataString("счёт.txt")}", theirs.Url);
        Assert.Equal(Parcel.Text, (await Parcel.FetchAsync(server.Address, theirs.Url)).Content);
        Assert.Equal(Pdf, (await Parcel.FetchAsync(server.Address, ours.Url)).Content);
        Assert.Equal("application/pdf", ours.ContentType);
    }

    [Fact]
    public async Task Twenty_megabytes_arrive_and_leave_to_the_byte()
    {
        var company = await Company.OpenAsync(server);
        var content = RandomNumberGenerator.GetBytes(20 * 1024 * 1024);

        var link = await (await company.ReceiveAsync()).SentAsync(content, "video.bin", "application/octet-stream");

        Assert.Equal(content.Length, link.Size);
        var (_, got) = await Parcel.FetchAsync(server.Address, link.Url);
        Assert.True(content.AsSpan().SequenceEqual(got));
    }

    [Fact]
    public async Task What_is_stored_is_found_by_the_account_it_belongs_to_and_by_no_other()
    {
        var (company, other) = (await Company.OpenAsync(server), await Company.OpenAsync(server));
        var files = server.Services.GetRequiredService<StoredFiles>();

        var saved = Assert.IsType<Saving.Saved>(await files.SaveAsync(
            company.Id, 0, "a.txt", null, new MemoryStream(Parcel.Text), TestContext.Current.CancellationToken)).File;

        Assert.Equal(saved, await files.FindAsync(company.Id, saved.Id));
        Assert.Equal([saved], await files.FindAllAsync(company.Id, [saved.Id, FileId.New(company.Id), "../../etc", saved.Id]));
        await using var content = await files.OpenAsync(saved.Id, TestContext.Current.CancellationToken);
        Assert.Equal(Parcel.Text.Length, content!.Length);
        Assert.Null(await files.FindAsync(other.Id, saved.Id));
        Assert.Empty(await files.FindAllAsync(other.Id, [saved.Id]));
        var stolen = FileLinks.UrlOf(saved.Id.Replace($"-{company.Id.Value:x}", $"-{other.Id.Value:x}", StringComparison.Ordinal), saved.Name);
        Assert.Equal(404, (int)(await Parcel.FetchAsync(server.Address, stolen)).Answer.StatusCode);
    }

    [Fact]
    public async Task Who_uploaded_it_is_in_the_row()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        await guest.WriteAsync("Здравствуйте");
        var visitor = (await company.Journal.StateAsync(company.Id)).Visitors.Keys.Single();

        var (theirs, ours) = (await guest.SentAsync(Parcel.Text), (await company.Admin.SendFileAsync(Parcel.Text)).Read<FileLink>());

        var owners = await company.Journal.Readers.ReadAsync(session => session["select id, owner from files where account = $1"]
            .Bind(1, company.Id.Value).All(row => (row.Text(0), row.Number(1))).ToDictionary());
        Assert.Equal(new() { [theirs.Id] = visitor.Value, [ours.Id] = -company.Admin.Id }, owners);
    }

    [Fact]
    public async Task Whoever_is_nobody_or_comes_from_a_foreign_site_or_without_our_header_uploads_nothing()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        var form = Parcel.Form(Parcel.Text, "a.txt", "text/plain");

        (await new Caller(server.Address).SendAsync(HttpMethod.Post, "/api/visitor/files", form)).Must(401, "token-invalid");
        (await guest.Caller.SendAsync(HttpMethod.Post, "/api/operator/files", form)).Must(401);
        var bare = new Caller(server.Address).With("Cookie", company.Admin.Caller.Headers["Cookie"]);
        (await bare.SendAsync(HttpMethod.Post, "/api/operator/files", form)).Must(403, "client-header-missing");
        var settings = (await company.Admin.GetAsync("/api/admin/account")).Read<AccountSettings>();
        (await company.Admin.PutAsync("/api/admin/account", settings with { Origins = ["https://ours.example"], IdentityKey = null })).Must(200);
        (await guest.Caller.With("Origin", "https://evil.example").SendAsync(HttpMethod.Post, "/api/visitor/files", form)).Must(403, "origin-not-allowed");
        (await guest.Caller.With("Origin", "https://ours.example").SendAsync(HttpMethod.Post, "/api/visitor/files", form)).Must(200);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_whether_the_form_or_the_file_is_and_nothing_of_it_stays()
    {
        await using var strict = await Server.StartAsync(["--Files:MaxMegabytes=1"]);
        var guest = await (await Company.OpenAsync(strict)).ReceiveAsync();
        var most = new byte[1024 * 1024];

        (await guest.SendFileAsync([.. most, 1])).Must(413, "too-large");
        var huge = guest.Caller.With("Expect", "100-continue");
        (await huge.SendAsync(HttpMethod.Post, "/api/visitor/files", Parcel.Form(new byte[4 * most.Length], "a", null))).Must(413, "too-large");
        Assert.Empty(Parcel.Stored(strict));
        Assert.Equal(most.Length, (await guest.SentAsync(most)).Size);
        Assert.Single(Parcel.Stored(strict));
    }

    [Theory]
    [InlineData("", 415, "not-multipart", "text/plain")]
    [InlineData("{}", 415, "not-multipart", "application/json")]
    [InlineData("--b--\r\n", 422, "invalid", "multipart/form-data; boundary=b")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n", 422, "invalid", "multipart/form-data; boundary=b")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n\r\n--b--\r\n", 422, "invalid", "multipart/form-data; boundary=b")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\ncut sho", 400, "malformed", "multipart/form-data; boundary=b")]
    [InlineData("nothing of the kind", 400, "malformed", "multipart/form-data; boundary=b")]
    [InlineData("--b--", 400, "malformed", "multipart/form-data")]
    public async Task What_is_no_form_with_a_file_is_told_so_and_nothing_of_it_stays(string body, int status, string code, string type)
    {
        await using var own = await Server.StartAsync(["--limits", "off"]);
        var guest = await (await Company.OpenAsync(own)).ReceiveAsync();

        (await guest.Caller.RawAsync(HttpMethod.Post, "/api/visitor/files", body, type)).Must(status, code);

        Assert.Empty(Parcel.Stored(own));
    }

    [Fact]
    public async Task Other_fields_before_the_file_are_passed_over()
    {
        var guest = await (await Company.OpenAsync(server)).ReceiveAsync();
        const string body = "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nit\r\n--b--\r\n";

        var link = (await guest.Caller.RawAsync(HttpMethod.Post, "/api/visitor/files", body, "multipart/form-data; boundary=b")).Read<FileLink>();

        var (_, content) = await Parcel.FetchAsync(server.Address, link.Url);
        Assert.Equal("it", Encoding.UTF8.GetString(content));
    }

    [Fact]
    public async Task Who_sends_without_end_is_told_to_wait()
    {
        await using var strict = await Server.StartAsync(["--limits", "on"]);
        var guest = await (await Company.OpenAsync(strict)).ReceiveAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => guest.SendFileAsync(Parcel.Text)));

        Assert.Contains(answers, answer => answer.Code == "too-many");
        Assert.Equal(answers.Count(answer => answer.Status == 200), Parcel.Stored(strict).Length);
    }
}
