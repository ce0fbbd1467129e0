using System.Net;

namespace Beseda.Server.Demo;

/// <summary>
/// The site of an invented internet provider that carries the widget (samples/provider), and what a company's own server
/// does for it: know who is signed in, and vouch for them.
/// </summary>
public static class DemoSite
{
    private const string Cookie = "demo-customer";

    /// <param name="identityKey">The demo account's identity key, asked for whenever somebody is vouched for.</param>
    public static void MapDemo(this IEndpointRouteBuilder app, Func<ValueTask<byte[]>> identityKey)
    {
        var demo = app.MapGroup("/demo").ExcludeFromDescription();
        demo.MapGet("/", Home);
        demo.MapGet("/account", Account);
        demo.MapGet("/site.css", () => Results.Text(SitePages.Text("provider/site.css"), "text/css; charset=utf-8"));
        demo.MapPost("/sign-in", SignIn);
        demo.MapPost("/sign-out", SignOut);
        demo.MapGet("/identity", (string? customer, HttpContext context, TimeProvider clock) => Identity(customer, context, identityKey, clock));
    }

    private static IResult Home(HttpContext context)
    {
        var english = SitePages.Language(context.Request) == "en";
        return SitePages.Page(context, "provider/index.html", new()
        {
            ["title"] = english ? "Svet i Set — home internet" : "Свет и Сеть — домашний интернет",
            ["askLight"] = english ? "Hello! I have a question about the Light plan." : "Здравствуйте! Вопрос о тарифе «Лёгкий».",
            ["askFamily"] = english ? "Hello! I have a question about the Family plan." : "Здравствуйте! Вопрос о тарифе «Семейный».",
            ["askGigabit"] = english ? "Hello! I have a question about the Gigabit plan." : "Здравствуйте! Вопрос о тарифе «Гигабит».",
            ["askAddress"] = english ? "Hello! Do you reach this address: " : "Здравствуйте! Подключаете ли вы по адресу: ",
        });
    }

    private static IResult Account(HttpContext context)
    {
        var english = SitePages.Language(context.Request) == "en";
        var words = new Dictionary<string, string> { ["title"] = english ? "My account — Svet i Set" : "Личный кабинет — Свет и Сеть" };
        if (SignedIn(context) is not { } customer)
        {
            words["peopleHtml"] = string.Concat(DemoCustomer.All.Select(Choice));
            return SitePages.Page(context, "provider/sign-in.html", words);
        }
        words["name"] = customer.Name;
        words["email"] = customer.Email;
        words["phone"] = customer.Phone;
        words["contract"] = customer.Contract;
        words["address"] = customer.Address;
        words["tariff"] = customer.Tariff;
        words["price"] = SitePages.Rubles(customer.Price);
        words["balance"] = SitePages.Rubles(customer.Balance);
        words["askBalance"] = english ? "Hello! A question about my payments." : "Здравствуйте! Вопрос по оплате.";
        return SitePages.Page(context, "provider/account.html", words);
    }

    private static string Choice(DemoCustomer customer) =>
        $"<button name=\"customer\" value=\"{customer.Id}\"><b>{WebUtility.HtmlEncode(customer.Name)}</b><span class=\"soft\">{WebUtility.HtmlEncode(customer.Tariff)}</span></button>";

    private static async Task<IResult> SignIn(HttpContext context, CancellationToken cancel)
    {
        var form = await context.Request.ReadFormAsync(cancel);
        if (DemoCustomer.Find(form["customer"]) is not { } customer)
            return Results.BadRequest();
        context.Response.Cookies.Append(Cookie, customer.Id, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/demo" });
        return Results.Redirect("/demo/account");
    }

    private static IResult SignOut(HttpContext context)
    {
        context.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/demo" });
        return Results.Redirect("/demo/");
    }

    /// <summary>204 when nobody is signed in: the widget then serves an anonymous visitor.</summary>
    private static async Task<IResult> Identity(string? customer, HttpContext context, Func<ValueTask<byte[]>> identityKey, TimeProvider clock)
    {
        context.Response.Headers.CacheControl = "no-store";
        var known = customer is null ? SignedIn(context) : DemoCustomer.Find(customer);
        return known is null ? Results.NoContent() : Results.Json(new { identity = known.Sign(await identityKey(), clock.GetUtcNow()) });
    }

    private static DemoCustomer? SignedIn(HttpContext context) => DemoCustomer.Find(context.Request.Cookies[Cookie]);
}
