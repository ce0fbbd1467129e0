using System.Reflection;
using Beseda.Console.Tests.Conversations;
using Beseda.Protocol;
using Beseda.Workplace.Operators;
using Beseda.Workplace.Texts;

namespace Beseda.Console.Tests;

public sealed class Words_tests
{
    [Theory]
    [InlineData(0, "0 новых сообщений")]
    [InlineData(1, "1 новое сообщение")]
    [InlineData(2, "2 новых сообщения")]
    [InlineData(5, "5 новых сообщений")]
    [InlineData(11, "11 новых сообщений")]
    [InlineData(12, "12 новых сообщений")]
    [InlineData(21, "21 новое сообщение")]
    [InlineData(22, "22 новых сообщения")]
    [InlineData(111, "111 новых сообщений")]
    [InlineData(121, "121 новое сообщение")]
    public void Russian_counts_as_Russians_do(int count, string said) => Assert.Equal(said, new Words(Language.Russian).NewBelow(count));

    [Theory]
    [InlineData("ru-RU", "ru")]
    [InlineData("ru", "ru")]
    [InlineData("RU", "ru")]
    [InlineData("en-GB", "en")]
    [InlineData("de", "en")]
    [InlineData(null, "en")]
    public void The_browsers_language_is_spoken_if_it_is_known(string? tag, string spoken) => Assert.Equal(spoken, Words.For(tag).Tag);

    [Fact]
    public void No_phrase_is_left_untranslated()
    {
        var (english, russian) = (new Words(Language.English), new Words(Language.Russian));
        var phrases = typeof(Words).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(one => one.PropertyType == typeof(string)).ToList();
        Assert.True(phrases.Count > 60);
        Assert.All(phrases, phrase =>
        {
            var (said, сказано) = ((string)phrase.GetValue(english)!, (string)phrase.GetValue(russian)!);
            Assert.False(string.IsNullOrWhiteSpace(said), phrase.Name);
            Assert.True(said != сказано, phrase.Name);
            Assert.DoesNotContain(said, letter => letter is >= 'а' and <= 'я' && phrase.Name != nameof(Words.OtherLanguage));
        });
    }

    [Fact]
    public void Every_kind_of_event_in_a_timeline_has_a_line_or_is_meant_to_have_none()
    {
        var silent = new[]
        {
            typeof(MessagePosted), typeof(MessageRead), typeof(OperatorStatusChanged), typeof(DirectoryChanged),
            // What becomes of a message is part of it.
            typeof(MessageEdited), typeof(MessageDeleted), typeof(MessageSent), typeof(MessageDelivered), typeof(MessageFailed),
            typeof(MessageResent), typeof(FileArrived),
            // Told on the visitor's card, for wherever they write.
            typeof(VisitorsLinked), typeof(VisitorsSeparated),
        };
        var entries = new Entry[]
        {
            new ConversationStarted { Seq = 1, At = Scene.Noon, Channel = "site", Department = 1 },
            new ConversationQueued { Seq = 1, At = Scene.Noon, Department = 1, Position = 2, Reason = "new", WithinHours = true, OperatorsOnline = 1 },
            new ConversationAssigned { Seq = 1, At = Scene.Noon, Operator = 1, Until = Scene.Noon },
            new ConversationAccepted { Seq = 1, At = Scene.Noon, Operator = new OperatorCard(1, "Анна") },
            new ConversationTransferred { Seq = 1, At = Scene.Noon, From = new Place(1), To = new Place(Department: 2) },
            new ConversationClosed { Seq = 1, At = Scene.Noon, By = ClosedBy.Timeout },
            new ConversationMoved { Seq = 1, At = Scene.Noon, Into = "v" },
            new ConversationMerged { Seq = 1, At = Scene.Noon, Into = 2 },
            new ConversationLabelled { Seq = 1, At = Scene.Noon, Category = 1, Tags = [2] },
            new RatingAsked { Seq = 1, At = Scene.Noon, Operator = 1, Scale = 5 },
            new ConversationRated { Seq = 1, At = Scene.Noon, Operator = 1, Scale = 5, Score = 4 },
            new VisitorIdentified { Seq = 1, At = Scene.Noon, Visitor = "v", Fields = new Dictionary<string, string> { ["name"] = "Ольга" } },
            new VisitorStopped { Seq = 1, At = Scene.Noon, Stopped = true },
        };
        var kinds = typeof(Entry).Assembly.GetTypes().Where(type => type.BaseType == typeof(Entry));
        Assert.Equal(kinds.Except(silent).OrderBy(type => type.Name), entries.Select(entry => entry.GetType()).OrderBy(type => type.Name));
        foreach (var language in Enum.GetValues<Language>())
            Assert.All(entries, entry => Assert.False(string.IsNullOrWhiteSpace(new Words(language).Line(entry, new Roster()))));
    }
}
