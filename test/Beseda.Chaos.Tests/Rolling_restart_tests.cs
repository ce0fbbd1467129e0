using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Beseda.Chaos.Stages;
using Beseda.Chaos.Tables;
using Beseda.Client;
using Beseda.Protocol;

namespace Beseda.Chaos.Tests;

/// <summary>All nodes are restarted one after the other while people write through the SDK, as when a new version is brought in.</summary>
public sealed class Rolling_restart_tests(ITestOutputHelper output)
{
    private const int Visitors = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string Server = typeof(Rolling_restart_tests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => one.Key == "Server").Value!;

    [Fact]
    public async Task No_call_fails_for_longer_than_the_sdk_retries_and_nothing_is_lost_or_doubled()
    {
        var folder = Directory.CreateTempSubdirectory("beseda-rolling-").FullName;
        try
        {
            using var stage = await Stage.SetAsync(Server, folder, postgres: true);
            using var over = new CancellationTokenSource();
            using var deaf = new CancellationTokenSource();
            var people = await Task.WhenAll(Enumerable.Range(0, Visitors).Select(_ => Person.ComeAsync(stage.Address)));
            var writing = people.Select(person => person.WriteAsync(over.Token)).ToList();
            var reading = people.Select(person => person.ReadAsync(deaf.Token)).ToList();

            foreach (var node in stage.Nodes)
            {
                await WriteMoreAsync(people, 20);
                await node.RetireAsync();
                await node.StartAsync();
            }

            await WriteMoreAsync(people, 20);
            await over.CancelAsync();
            await Task.WhenAll(writing);
            await UntilAsync(() => reading.Exists(one => one.IsCompleted) || people.All(person => person.Seen.Count >= person.Acknowledged.Count),
                () => string.Join(' ', people.Select(person => $"{person.Seen.Count}/{person.Acknowledged.Count}")));
            await deaf.CancelAsync();
            await Task.WhenAll(reading);

            await using var connection = await stage.Ground.OpenAsync();
            var events = await Table.EventsAsync(connection);
            output.WriteLine($"{people.Sum(person => person.Acknowledged.Count)} messages, the longest call took {people.Max(person => person.Longest).TotalSeconds:0.0} s");
            Assert.Equal(Enumerable.Range(1, events.Count).Select(seq => (long)seq), events.Select(one => one.Seq));
            foreach (var person in people)
            {
                Assert.NotEmpty(person.Acknowledged);
                Assert.Equal(person.Acknowledged.Order(), person.Acknowledged);
                Assert.Equal(person.Acknowledged, person.Seen);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Each of them has so many further messages acknowledged, on whatever node.</summary>
    private static Task WriteMoreAsync(Person[] people, int messages)
    {
        var wanted = people.Select(person => person.Acknowledged.Count + messages).ToList();
        return UntilAsync(() => people.Zip(wanted).All(one => one.First.Acknowledged.Count >= one.Second),
            () => string.Join(' ', people.Zip(wanted, (person, count) => $"{person.Acknowledged.Count}/{count}")));
    }

    private static async Task UntilAsync(Func<bool> holds, Func<string> why)
    {
        for (var since = Stopwatch.GetTimestamp(); !holds(); await Task.Delay(50, TestContext.Current.CancellationToken))
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(60), why());
    }

    /// <summary>Somebody who writes without a pause, and reads what they wrote.</summary>
    private sealed class Person(VisitorClient client, SessionAnswer session)
    {
        public ConcurrentQueue<long> Acknowledged { get; } = [];

        public ConcurrentQueue<long> Seen { get; } = [];

        public TimeSpan Longest { get; private set; }

        public static async Task<Person> ComeAsync(Uri address)
        {
            var client = new VisitorClient(new HttpClient { BaseAddress = address });
            return new Person(client, await client.SessionAsync(new SessionRequest("demo")));
        }

        public async Task WriteAsync(CancellationToken over)
        {
            for (var i = 0; !over.IsCancellationRequested; i++)
            {
                var since = Stopwatch.GetTimestamp();
                // It throws when ten seconds of its own retries did not help.
                var accepted = await client.PostAsync(new VisitorMessage(Guid.NewGuid().ToString(), $"{i}"), Patience, CancellationToken.None);
                Acknowledged.Enqueue(accepted.Seq);
                var took = Stopwatch.GetElapsedTime(since);
                Longest = took > Longest ? took : Longest;
                await Task.Delay(50, CancellationToken.None);
            }
        }

        public async Task ReadAsync(CancellationToken deaf)
        {
            try
            {
                await foreach (var frame in client.Feed(session.Seq, session.Journal).WithCancellation(deaf))
                    if (frame is EntryFrame { Entry: MessagePosted message })
                        Seen.Enqueue(message.Seq);
                    else if (frame is ResetFrame)
                        Assert.Fail("Nobody's place was lost, and yet the feed began anew.");
            }
            catch (OperationCanceledException)
            {
                // It has heard enough.
            }
        }
    }
}
