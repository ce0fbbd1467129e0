using Beseda.Chaos.Checks;
using Beseda.Chaos.Stages;

namespace Beseda.Chaos.Clients;

/// <summary>All who talk and read during a run.</summary>
internal sealed class Audience : IDisposable
{
    private readonly List<Visitor> visitors;
    private readonly List<Operator> operators;
    private readonly CancellationTokenSource finish = new();
    private readonly CancellationTokenSource patience = new();
    private readonly CancellationTokenSource leave = new();
    private readonly List<Task> reading = [];
    private List<Task> visiting = [];
    private List<Task> working = [];

    private Audience(Administrator administrator, List<Operator> operators, List<Visitor> visitors)
    {
        Administrator = administrator;
        this.operators = operators;
        this.visitors = visitors;
        Clients = [administrator, .. operators, .. visitors];
    }

    public Administrator Administrator { get; }

    public IReadOnlyList<IClient> Clients { get; }

    /// <summary>The company is set up and its operators sign in, before anything goes wrong.</summary>
    public static async Task<Audience> GatherAsync(Arguments arguments, Stage stage, string folder)
    {
        var diaries = Directory.CreateDirectory(Path.Combine(folder, "diaries")).FullName;
        var random = new Random(arguments.Seed + 2);
        var administrator = new Administrator(stage.Address, new Diary(diaries, "administrator"));
        var emails = await administrator.SetUpAsync(arguments.Operators, CancellationToken.None);
        var operators = emails.ConvertAll(email => new Operator(stage.Address, new Diary(diaries, email.Split('@')[0]), email, new Random(random.Next())));
        foreach (var person in operators)
            await person.EnterAsync(CancellationToken.None);
        var visitors = Enumerable.Range(1, arguments.Visitors)
            .Select(i => new Visitor(stage.Address, new Diary(diaries, $"visitor-{i}"), new Random(random.Next()))).ToList();
        return new Audience(administrator, operators, visitors);
    }

    public void Begin()
    {
        reading.AddRange(Clients.Select(client => client.ReadAsync(leave.Token)));
        visiting = visitors.ConvertAll(visitor => visitor.WorkAsync(finish.Token, patience.Token));
        working = operators.ConvertAll(person => person.WorkAsync(finish.Token, leave.Token));
    }

    /// <summary>Nobody begins anything new; what visitors have on its way is brought to its end.</summary>
    /// <returns>What never was.</returns>
    public async Task<List<Finding>> FinishAsync(CancellationToken until)
    {
        await finish.CancelAsync();
        List<Finding> fallen;
        await using (until.Register(patience.Cancel))
            fallen = await EndedAsync(visiting);
        return [.. fallen, .. visitors.SelectMany(visitor => visitor.Diary.Messages.Where(message => message.Seq is null))
            .Select(message => new Finding("visitors can write", $"{message.ClientId} of {message.Sender} was never acknowledged"))];
    }

    /// <returns>Who could not go on long before.</returns>
    public async Task<List<Finding>> LeaveAsync()
    {
        await leave.CancelAsync();
        return await EndedAsync([.. reading, .. working]);
    }

    private static async Task<List<Finding>> EndedAsync(List<Task> tasks)
    {
        var all = Task.WhenAll(tasks);
        await all.ContinueWith(_ => { }, TaskScheduler.Default);
        return [.. (all.Exception?.InnerExceptions ?? []).Select(problem => new Finding("clients can go on", problem.ToString()))];
    }

    public void Dispose()
    {
        foreach (var client in Clients)
            client.Dispose();
        finish.Dispose();
        patience.Dispose();
        leave.Dispose();
    }
}
