using Beseda.Client;
using Beseda.Workplace;
using Beseda.Workplace.Browsing;
using Beseda.Workplace.Channels;
using Beseda.Workplace.Conversations;
using Beseda.Workplace.Reports;
using Beseda.Workplace.SignIn;
using Beseda.Workplace.Texts;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
var server = new Uri(new Uri(builder.HostEnvironment.BaseAddress), "/");
var http = new HttpClient { BaseAddress = server };
builder.Services
    .AddSingleton(TimeProvider.System)
    .AddSingleton(new OperatorClient(http, "console")).AddSingleton(new AdministratorClient(http, "console")).AddSingleton(new ReportClient(http, "console"))
    .AddSingleton<Browser>().AddSingleton<IStorage>(all => all.GetRequiredService<Browser>())
    .AddSingleton(all => Words.For(all.GetRequiredService<Browser>().Language))
    .AddSingleton<Pulse>().AddSingleton<Board>().AddSingleton<Live>().AddSingleton<Outbox>().AddSingleton<Tray>()
    .AddSingleton<Reader>().AddSingleton<Dossier>().AddSingleton<Composing>().AddSingleton<Acts>().AddSingleton<Switchboard>().AddSingleton<Reporting>().AddSingleton<Measures>()
    .AddSingleton<Session>();
builder.RootComponents.Add<App>("#app");

var host = builder.Build();
var (live, reader, outbox) = (
    host.Services.GetRequiredService<Live>(), host.Services.GetRequiredService<Reader>(), host.Services.GetRequiredService<Outbox>());
live.Posted += outbox.Arrived;
live.Posted += reader.Posted;
live.Reconnected += outbox.RetryUnreached;
reader.Found += outbox.Arrived;
// Listens from the first conversation on.
_ = host.Services.GetRequiredService<Dossier>();

// The frame the server drew stays on the screen until there is something to put in its place.
host.Services.GetRequiredService<Browser>().Attach();
await host.Services.GetRequiredService<Session>().StartAsync();
await host.RunAsync();
