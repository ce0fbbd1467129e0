using Beseda.Client;
using Beseda.Console.Tests.Conversations;
using Beseda.Protocol;
using Beseda.Workplace.Browsing;
using Beseda.Workplace.Channels;
using Beseda.Workplace.Conversations;
using Beseda.Workplace.Reports;
using Beseda.Workplace.SignIn;
using Beseda.Workplace.Texts;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Beseda.Console.Tests.Screens;

/// <summary>Anna's screen without a browser: every component over a board that a test fills.</summary>
internal sealed class Screen : IDisposable
{
    private readonly BunitContext context = new();

    public Screen(Language language, params DeskConversation[] open)
    {
        Scene = new Scene(open);
        var http = new HttpClient(Server) { BaseAddress = new Uri("http://127.0.0.1:1") };
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.JSInterop.Setup<string[]>("beseda.moment", _ => true).SetResult(["2026-03-12", "12 марта", "12:00"]);
        context.JSInterop.Setup<string[]>("beseda.stored", _ => true).SetResult([]);
        context.Services
            .AddSingleton<TimeProvider>(Scene.Clock).AddSingleton(Scene.Pulse).AddSingleton(Scene.Board)
            .AddSingleton(new OperatorClient(http)).AddSingleton(new AdministratorClient(http)).AddSingleton<Switchboard>().AddSingleton(new ReportClient(http)).AddSingleton<Reporting>().AddSingleton<Measures>()
            .AddSingleton(new Words(language)).AddSingleton<Browser>().AddSingleton<IStorage>(all => all.GetRequiredService<Browser>())
            .AddSingleton<Live>().AddSingleton<Outbox>().AddSingleton<Tray>().AddSingleton<Reader>().AddSingleton<Dossier>().AddSingleton<Composing>().AddSingleton<Acts>()
            .AddSingleton<Session>();
    }

    public Scene Scene { get; }

    public Server Server { get; } = new();

    public BunitJSInterop Browser => context.JSInterop;

    public T Of<T>() where T : notnull => context.Services.GetRequiredService<T>();

    public IRenderedComponent<T> Show<T>(Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : Microsoft.AspNetCore.Components.IComponent => context.Render(parameters);

    /// <summary>Puts a conversation on the page with this timeline.</summary>
    public void Open(DeskConversation chat, params Entry[] timeline)
    {
        Scene.Board.Show(chat.Id);
        Scene.Board.Learn(new ConversationTimeline(
            Scene.Seq, chat, [.. timeline.Select((entry, i) => entry with { Seq = i + 1, At = Scene.Noon, Conversation = chat.Id })], false));
    }

    /// <summary>The page has called this of the browser's functions, with these arguments.</summary>
    public IEnumerable<object?> Called(string function) =>
        context.JSInterop.Invocations[function].Select(call => call.Arguments.Count > 0 ? call.Arguments[0] : null);

    public void Dispose()
    {
        context.Dispose();
        Server.Dispose();
    }
}
