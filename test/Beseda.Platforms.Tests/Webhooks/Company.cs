using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beseda.Platforms.Tests.Webhooks;

/// <summary>What came to a company's webhook.</summary>
internal sealed record Call(string Method, string Query, IHeaderDictionary Headers, byte[] Body, string Text);

/// <summary>What the company says to it.</summary>
internal sealed record Answer(int Status, string Body = "", int? RetryAfter = null);

/// <summary>A company's server, to which platforms deliver.</summary>
internal sealed class Company : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<Call> calls = [];
    private TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Company(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>How every call is answered.</summary>
    public Func<Call, Answer> Says { get; set; } = _ => new Answer(200, "ok");

    public IReadOnlyList<Call> Calls
    {
        get
        {
            lock (gate)
                return [.. calls];
        }
    }

    public static async Task<Company> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var company = new Company(app);
        app.Run(company.TakeAsync);
        await app.StartAsync();
        company.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First() + "/hook");
        return company;
    }

    /// <summary>Waits for so many calls.</summary>
    public async Task<IReadOnlyList<Call>> HearsAsync(int count = 1, Func<Call, bool>? which = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        while (true)
        {
            var next = Volatile.Read(ref came).Task;
            var heard = Calls.Where(which ?? (_ => true)).ToArray();
            if (heard.Length >= count)
                return heard;
            try
            {
                await next.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Only {heard.Length} of {count} calls came: {string.Join('\n', Calls.Select(call => call.Text))}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await app.StopAsync(impatience.Token);
        await app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes);
        var copied = new HeaderDictionary();
        foreach (var (name, value) in http.Request.Headers)
            copied[name] = value;
        var call = new Call(http.Request.Method, http.Request.QueryString.Value ?? "", copied, bytes.ToArray(), System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
        var answer = Says(call);
        lock (gate)
            calls.Add(call);
        Interlocked.Exchange(ref came, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        http.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } seconds)
            http.Response.Headers.RetryAfter = $"{seconds}";
        if (answer.Status != (int)HttpStatusCode.NoContent)
            await http.Response.WriteAsync(answer.Body);
    }
}
