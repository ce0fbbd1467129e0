using System.Collections.Immutable;
using System.Globalization;
using Beseda.Domain.Conversations;
using Beseda.Domain.Ratings;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Channels;

/// <summary>
/// What a visitor of a channel is told as things happen: a site's widget shows it, in a messenger it has to be said. Said as
/// messages of the journal, in the same decision, so that it is lost or doubled no more than any other.
/// </summary>
public static class Dialogue
{
    /// <summary>What is said where a channel has no text of its own.</summary>
    public static readonly ImmutableSortedDictionary<string, DialogueTexts> Standard =
        ImmutableSortedDictionary<string, DialogueTexts>.Empty
            .Add("en", new DialogueTexts(
                "Hello! This is {company}. Write your question here.", "Please wait, an operator will join you.",
                "Nobody is here at the moment. Write what it is about: we answer as soon as we are back.",
                "{operator} has joined the conversation.", "The conversation is over. Write again whenever you need us.",
                "How did {operator} do?", "How likely are you to recommend {company}, from 0 to 10?",
                "Thank you! Your rating helps us get better.", "Close the chat"))
            .Add("ru", new DialogueTexts(
                "Здравствуйте! Это {company}. Напишите ваш вопрос.", "Пожалуйста, подождите, оператор скоро подключится.",
                "Сейчас операторов нет на месте. Напишите, что случилось: ответим, как только вернёмся.",
                "{operator} присоединяется к разговору.", "Разговор завершён. Пишите, когда понадобимся.",
                "Как вам помог оператор {operator}?", "Насколько вероятно, что вы порекомендуете {company}, от 0 до 10?",
                "Спасибо! Ваша оценка помогает нам стать лучше.", "Завершить чат"));

    /// <summary>What mailboxes say otherwise: nobody wants a letter for every step, and nothing can be pressed in one.</summary>
    private static readonly ImmutableSortedDictionary<string, DialogueTexts> Letters =
        ImmutableSortedDictionary<string, DialogueTexts>.Empty
            .Add("en", new DialogueTexts(
                "", "", "We have your letter. Nobody is here at the moment: we answer as soon as we are back.", "", "",
                "How did {operator} do? Answer this letter with a number from 1 to 5.",
                "How likely are you to recommend {company}? Answer this letter with a number from 0 to 10.", CloseButton: ""))
            .Add("ru", new DialogueTexts(
                "", "", "Мы получили ваше письмо. Сейчас операторов нет на месте: ответим, как только вернёмся.", "", "",
                "Как вам помог оператор {operator}? Ответьте на это письмо числом от 1 до 5.",
                "Насколько вероятно, что вы порекомендуете {company}? Ответьте на это письмо числом от 0 до 10.", CloseButton: ""));

    /// <summary>The texts for a visitor of this language.</summary>
    public static DialogueTexts Of(Channel channel, string? language)
    {
        var own = language is not null && (channel.Texts.ContainsKey(language) || Standard.ContainsKey(language)) ? language : channel.Language;
        return (channel.Texts.GetValueOrDefault(own) ?? new DialogueTexts()).Or(StandardOf(channel.Kind, own));
    }

    /// <summary>What a kind of channel says where it has no text of its own.</summary>
    public static DialogueTexts StandardOf(string kind, string language)
    {
        var known = Standard.ContainsKey(language) ? language : "en";
        return kind == "mail" ? Letters[known].Or(Standard[known]) : Standard[known];
    }

    /// <summary>Says what is due to what has just been decided.</summary>
    internal static void Speak(Decision decision)
    {
        foreach (var happened in decision.Events.Select(one => one.Event).OfType<ConversationEvent>().ToList())
            if (Hears(decision.State, happened.Visitor) is var (channel, visitor))
                foreach (var (text, buttons) in Lines(decision.State, happened, Of(channel, visitor.Language)))
                    Say(decision, happened, text, buttons);
    }

    private static (Channel, Visitor)? Hears(AccountState state, VisitorId id) =>
        state.Visitors.GetValueOrDefault(id) is { Channel: { } number } visitor && state.Channels.GetValueOrDefault(number) is { Enabled: true } channel
            ? (channel, visitor)
            : null;

    private static IEnumerable<(string? Text, ImmutableArray<Button> Buttons)> Lines(AccountState state, ConversationEvent happened, DialogueTexts texts)
    {
        switch (happened)
        {
            case ConversationStarted { Source: StartConversation.Source }:
                yield return (texts.Greeting, []);
                break;
            case ConversationQueued { Reason: QueueReason.New } queued:
                yield return (queued.OperatorsOnline == 0 ? texts.Away : texts.Wait, [Button.Closing(texts.CloseButton)]);
                break;
            case ConversationAccepted accepted:
                yield return (Named(state, texts.Joined, accepted.Operator), [Button.Closing(texts.CloseButton)]);
                break;
            case ConversationClosed { Why: not CloseReason.Merged }:
                yield return (texts.Closed, []);
                break;
            case RatingAsked asked:
                yield return (Named(state, asked.Scale == 5 ? texts.Rate : texts.Recommend, asked.Operator), Button.Scores(asked));
                break;
            case ConversationRated:
                yield return (texts.Thanks, []);
                break;
        }
    }

    private static void Say(Decision decision, ConversationEvent about, string? text, ImmutableArray<Button> buttons)
    {
        if (string.IsNullOrEmpty(text))
            return;
        var words = new MessageWords(text.Replace("{company}", decision.State.Account.Name, StringComparison.Ordinal))
        {
            Buttons = buttons.RemoveAll(button => button.Text.Length == 0) is { IsEmpty: false } shown ? shown : null,
        };
        var id = decision.NextSeq.ToString(CultureInfo.InvariantCulture);
        decision.Add(new MessagePosted(about.Conversation, about.Visitor, new Author(AuthorKind.System), $"dialogue-{id}", false, null, words));
    }

    private static string? Named(AccountState state, string? text, OperatorId person) =>
        text?.Replace("{operator}", state.Operators.GetValueOrDefault(person)?.Profile.Name ?? "", StringComparison.Ordinal);
}
