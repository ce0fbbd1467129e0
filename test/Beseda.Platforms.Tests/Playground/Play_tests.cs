using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Tests.Playground;

/// <summary>The town as another process drives it, and the page on which a person does.</summary>
public sealed class Play_tests : IAsyncLifetime
{
    private Town town = null!;
    private HttpClient http = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        town = await Town.StartAsync();
        http = new HttpClient { BaseAddress = town.Address };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await town.DisposeAsync();
    }

    [Theory]
    [InlineData("telegram")]
    [InlineData("vk")]
    [InlineData("viber")]
    [InlineData("messenger")]
    public async Task A_customer_is_played_from_outside(string platform)
    {
        var account = (await PostAsync($"/play/{platform}", new { name = "Пекарня" })).GetProperty("id").GetString();
        var customer = (await PostAsync($"/play/{platform}/{account}/customers", new { name = "Анна", language = "en" })).GetProperty("id").GetString()!;
        string At(string what) => $"/play/{platform}/{account}/{what}{(what.Contains('?', StringComparison.Ordinal) ? "&" : "?")}customer={Uri.EscapeDataString(customer)}";

        await PostAsync(At("do/start"), new { payload = "promo7" });
        var id = (await PostAsync(At("do/write"), new { text = "Здравствуйте" }))[0].GetString();
        await PostAsync(At("do/edit"), new { id, text = "Добрый день" });
        using var file = new ByteArrayContent(Picture.Png(9, 9, 9));
        using var form = new MultipartFormDataContent { { file, "file", "фото.png" } };
        (await http.PostAsync(new Uri(At("file"), UriKind.Relative), form, Stop)).EnsureSuccessStatusCode();
        await PostAsync(At("do/block"), new { });

        var chat = await http.GetFromJsonAsync<JsonElement>(new Uri(At("chat"), UriKind.Relative), Stop);
        Assert.True(chat.GetProperty("customer").GetProperty("blocked").GetBoolean());
        var bubbles = chat.GetProperty("bubbles").EnumerateArray().ToArray();
        Assert.Contains(bubbles, b => b.GetProperty("text").GetString() == "Добрый день" && b.GetProperty("edited").GetBoolean() && b.GetProperty("author").GetString() == "customer");
        var sent = bubbles[^1];
        Assert.Equal("photo", sent.GetProperty("files")[0].GetProperty("kind").GetString());
        Assert.Equal(Picture.Png(9, 9, 9), await http.GetByteArrayAsync(new Uri(At($"file?bubble={Uri.EscapeDataString(sent.GetProperty("id").GetString()!)}&at=0"), UriKind.Relative), Stop));
    }

    [Fact]
    public async Task What_cannot_be_done_is_said()
    {
        using var nowhere = await http.PostAsJsonAsync(new Uri("/play/icq", UriKind.Relative), new { name = "?" }, Stop);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
        var page = town.Messenger.Open("Пекарня");
        var anna = page.Meet("Анна");
        using var impossible = await http.PostAsJsonAsync(new Uri($"/play/messenger/{page.Id}/do/place?customer={anna.Id}", UriKind.Relative), new { }, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, impossible.StatusCode);
    }

    [Fact]
    public async Task Troubles_are_ordered_from_outside()
    {
        var bot = town.Telegram.Open("Пекарня");
        await PostAsync("/play/telegram/faults", new { limit = 1, retryAfter = 9, method = "getMe" });
        using var refused = await http.GetAsync(new Uri($"/bot{bot.Token}/getMe", UriKind.Relative), Stop);
        Assert.Equal(429, (int)refused.StatusCode);
        await PostAsync($"/play/telegram/{bot.Id}/revoke", new { on = true });
        using var revoked = await http.GetAsync(new Uri($"/bot{bot.Token}/getMe", UriKind.Relative), Stop);
        Assert.Equal(401, (int)revoked.StatusCode);
        Assert.Equal(2, (await http.GetFromJsonAsync<JsonElement>(new Uri($"/play/telegram/{bot.Id}/calls", UriKind.Relative), Stop)).GetArrayLength());
    }

    [Theory]
    [InlineData("/", "<!doctype html>")]
    [InlineData("/page.js", "'use strict';")]
    [InlineData("/page.css", ":root")]
    public async Task The_page_is_served(string path, string beginning) =>
        Assert.StartsWith(beginning, await http.GetStringAsync(new Uri(path, UriKind.Relative), Stop), StringComparison.Ordinal);

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }
}
