using System.Text.Json;
using Beseda.Protocol;

namespace Beseda.Browser.Tests;

/// <summary>The dialogue of the case, between two people at two real browsers.</summary>
public sealed class DialogueTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Question = "Здравствуйте! Какая максимальная скорость домашнего интернета вы предоставляете?";
    private const string Region = "Здравствуйте! В каком регионе вы живёте?";
    private const string Answer = "В Новосибирской области — до 1 Гбит/с, подробнее: https://provider.example/tariffs?region=54";
    private const string Thanks = "Спасибо, всё понятно!";

    [Fact]
    public async Task A_visitor_asks_an_operator_answers_with_a_link_and_is_rated_5()
    {
        await using var server = await RunningServer.StartAsync();
        await using var visitors = await chromium.PersonAsync();
        await using var operators = await chromium.PersonAsync(width: 1440, height: 900);

        var console = await operators.NewPageAsync();
        await console.SignInAsync(server.Address, "anna@demo.example");

        var site = await visitors.NewPageAsync();
        await site.GotoAsync($"{server.Address}demo/");
        await site.GetByRole(AriaRole.Button, new() { Name = "Открыть чат" }).ClickAsync();
        var composer = site.GetByLabel("Ваше сообщение");
        await composer.FillAsync(Question);
        await composer.PressAsync("Enter");
        await Assertions.Expect(site.GetByText("Пожалуйста, подождите")).ToBeVisibleAsync();

        await console.GetByRole(AriaRole.Button, new() { Name = "Взять", Exact = true }).First.ClickAsync();
        await Assertions.Expect(site.GetByText("К чату подключился оператор: Анна")).ToBeVisibleAsync();
        await console.SendAsync(Region);
        await Assertions.Expect(site.GetByText(Region)).ToBeVisibleAsync();
        await composer.FillAsync("Новосибирск");
        await composer.PressAsync("Enter");
        await Assertions.Expect(console.Locator("#talk, main").GetByText("Новосибирск").First).ToBeVisibleAsync();
        await console.SendAsync(Answer);
        await Assertions.Expect(site.GetByRole(AriaRole.Link, new() { Name = "provider.example/tariffs" }))
            .ToHaveAttributeAsync("href", "https://provider.example/tariffs?region=54");
        await composer.FillAsync(Thanks);
        await composer.PressAsync("Enter");
        await Assertions.Expect(console.GetByText(Thanks).First).ToBeVisibleAsync();

        await site.GetByRole(AriaRole.Button, new() { Name = "Завершить чат" }).ClickAsync();
        await site.GetByRole(AriaRole.Button, new() { Name = "Завершить", Exact = true }).ClickAsync();
        await site.GetByRole(AriaRole.Button, new() { Name = "Оценка 5 из 5" }).ClickAsync();
        await Assertions.Expect(site.GetByText("Спасибо за оценку!").First).ToBeVisibleAsync();
        await Assertions.Expect(console.GetByText("Оценка: 5 из 5").First).ToBeVisibleAsync();

        await RatingIsInTheJournalAsync(server.Address);
    }

    private static async Task RatingIsInTheJournalAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-Beseda-Client", "test");
        using var login = new StringContent("""{"email":"admin@demo.example","password":"beseda-demo"}""", null, "application/json");
        (await http.PostAsync("/api/auth/login", login)).EnsureSuccessStatusCode();
        var page = JsonSerializer.Deserialize(await http.GetStringAsync("/api/admin/journal?limit=1000"), Reading.Of<JournalPage>())!;

        var rating = Assert.Single(page.Events, e => e.Kind == Kinds.ConversationRated);
        Assert.Equal(5, rating.Body.GetProperty("score").GetInt32());
        Assert.Equal(Enumerable.Range(1, page.Events.Count).Select(i => (long)i), page.Events.Select(e => e.Seq));
        Assert.Equal(
            new[] { Question, Region, "Новосибирск", Answer, Thanks },
            page.Events.Where(e => e.Kind == Kinds.MessagePosted).Select(e => e.Words!.Value.GetProperty("text").GetString()));
    }
}
