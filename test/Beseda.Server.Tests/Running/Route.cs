using Beseda.Protocol;

namespace Beseda.Server.Tests;

/// <summary>A call of the protocol with a body that is right.</summary>
/// <param name="Who">Whose door it is: nobody's, a visitor's, an operator's, an administrator's.</param>
/// <param name="Body">Empty: it takes none.</param>
public sealed record Route(Who Who, string Method, string Path, string Body = "", string Type = Route.JsonType)
{
    private const string JsonType = "application/json";
    private const string FormType = "multipart/form-data; boundary=b";
    private const string Form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nПривет\r\n--b--\r\n";

    public static readonly IReadOnlyList<Route> All =
    [
        new(Who.Nobody, "POST", "/api/visitor/session", """{"account":"{key}","location":"site","department":1,"token":"x","identity":null,"page":{"url":"https://a.example","title":"t","referrer":"r"},"locale":"ru"}"""),
        new(Who.Nobody, "POST", "/api/auth/login", """{"email":"a@b.example","password":"some-password","account":"{key}"}"""),
        new(Who.Visitor, "GET", "/api/visitor/timeline"),
        new(Who.Visitor, "POST", "/api/visitor/messages", """{"clientId":"{new}","text":"Привет","department":{department},"replyTo":{message},"files":[]}"""),
        new(Who.Visitor, "POST", "/api/visitor/typing", """{"draft":"Прив"}"""),
        new(Who.Visitor, "POST", "/api/visitor/read", """{"seq":{message}}"""),
        new(Who.Visitor, "POST", "/api/visitor/close", """{"conversation":{conversation}}"""),
        new(Who.Visitor, "POST", "/api/visitor/rating", """{"conversation":{rated},"operator":{operator},"scale":5,"score":5,"note":"Быстро"}"""),
        new(Who.Visitor, "POST", "/api/visitor/files", Form, FormType),
        new(Who.Operator, "POST", "/api/operator/files", Form, FormType),
        new(Who.Operator, "GET", "/api/operator/desk"),
        new(Who.Operator, "GET", "/api/operator/conversations"),
        new(Who.Operator, "GET", "/api/operator/conversations/{conversation}/timeline"),
        new(Who.Operator, "POST", "/api/operator/alive"),
        new(Who.Operator, "PUT", "/api/operator/status", """{"status":"online"}"""),
        new(Who.Operator, "POST", "/api/operator/conversations/{conversation}/messages", """{"clientId":"{new}","text":"Добрый день","note":false,"replyTo":{message},"files":[]}"""),
        new(Who.Operator, "POST", "/api/operator/conversations/{conversation}/typing", """{"draft":"Доб"}"""),
        new(Who.Operator, "POST", "/api/operator/conversations/{conversation}/read", """{"seq":{message}}"""),
        new(Who.Operator, "POST", "/api/operator/conversations/{conversation}/take"),
        new(Who.Operator, "POST", "/api/operator/conversations/{conversation}/transfer", """{"operator":null,"department":{department},"comment":"Передаю"}"""),
        new(Who.Operator, "POST", "/api/operator/conversations/{conversation}/close"),
        new(Who.Administrator, "GET", "/api/admin/account"),
        new(Who.Administrator, "PUT", "/api/admin/account", """{"key":"{key}","name":"Общество","origins":["https://a.example"],"accent":"#123456","ratingScale":5,"identityKey":null}"""),
        new(Who.Administrator, "GET", "/api/admin/departments"),
        new(Who.Administrator, "POST", "/api/admin/departments", """{"name":"Отдел","routing":"hand","acceptSeconds":30,"graceSeconds":60,"closeAfterMinutes":60}"""),
        new(Who.Administrator, "PUT", "/api/admin/departments/{department}", """{"name":"Отдел","routing":"hand","acceptSeconds":30,"graceSeconds":60,"closeAfterMinutes":60,"id":null}"""),
        new(Who.Administrator, "GET", "/api/admin/operators"),
        new(Who.Administrator, "POST", "/api/admin/operators", """{"email":"{new}@x.example","name":"Нина","role":"operator","limit":4,"departments":[{department}],"title":"Инженер","avatar":"https://a.example/a.png","enabled":true,"password":"long-enough-1"}"""),
        new(Who.Administrator, "PUT", "/api/admin/operators/{operator}", """{"email":"{email}","name":"Анна","role":"operator","limit":4,"departments":[{department}],"title":null,"avatar":null,"enabled":true,"password":null}"""),
        new(Who.Administrator, "GET", "/api/admin/journal"),
        new(Who.Administrator, "GET", "/api/admin/webhooks"),
        new(Who.Administrator, "POST", "/api/admin/webhooks", """{"url":"https://a.example/{new}","kinds":["message.posted"],"from":1}"""),
        new(Who.Administrator, "PUT", "/api/admin/webhooks/{webhook}", """{"url":"https://a.example/","kinds":[],"paused":true}"""),
        new(Who.Administrator, "POST", "/api/admin/webhooks/{webhook}/replay", """{"from":1}"""),
        new(Who.Administrator, "DELETE", "/api/admin/webhooks/{webhook}"),
    ];

    public HttpMethod Verb => new(Method);

    /// <summary>With fields to put something else into.</summary>
    public bool HasBody => Body.Length > 0 && Type == JsonType;

    public override string ToString() => $"{Method} {Path}";
}

public enum Who { Nobody, Visitor, Operator, Administrator }

/// <summary>A company in which every call of <see cref="Route.All"/> makes sense.</summary>
internal sealed class Scene
{
    private readonly Dictionary<string, string> named;

    private Scene(Company company, Guest guest, Clerk anna, Dictionary<string, string> named) =>
        (Company, Guest, Anna, this.named) = (company, guest, anna, named);

    public Company Company { get; }

    public Guest Guest { get; }

    public Clerk Anna { get; }

    public static async Task<Scene> SetAsync(Server server)
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        var guest = await company.ReceiveAsync();
        var rated = (await guest.WriteAsync("Первый разговор")).Conversation;
        (await anna.DoAsync(rated, "take")).Must(204);
        (await guest.PostAsync("close")).Must(204);
        var posted = await guest.WriteAsync("Второй разговор");
        (await anna.DoAsync(posted.Conversation, "take")).Must(204);
        var webhook = (await company.Admin.PostAsync("/api/admin/webhooks", new WebhookSettings("https://a.example/"))).Read<WebhookSettings>();
        return new Scene(company, guest, anna, new()
        {
            ["{webhook}"] = $"{webhook.Id}",
            ["{key}"] = company.Key,
            ["{department}"] = $"{company.Department}",
            ["{operator}"] = $"{anna.Id}",
            ["{email}"] = anna.Email,
            ["{rated}"] = $"{rated}",
            ["{conversation}"] = $"{posted.Conversation}",
            ["{message}"] = $"{posted.Seq}",
        });
    }

    public Caller Of(Who who) => who switch
    {
        Who.Nobody => new Caller(Company.Server.Address),
        Who.Visitor => Guest.Caller,
        Who.Operator => Anna.Caller,
        Who.Administrator => Company.Admin.Caller,
    };

    /// <summary>With the numbers of this scene; each <c>{new}</c> another one.</summary>
    public string Fill(string text)
    {
        foreach (var (name, value) in named)
            text = text.Replace(name, value, StringComparison.Ordinal);
        return text.Replace("{new}", Names.New("new"), StringComparison.Ordinal);
    }

    public Task<Reply> CallAsync(Route route, string? body = null) =>
        Of(route.Who).RawAsync(route.Verb, Fill(route.Path), Fill(body ?? route.Body), route.Type);
}
