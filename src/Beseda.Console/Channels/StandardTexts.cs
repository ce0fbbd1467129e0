using Beseda.Protocol;

namespace Beseda.Workplace.Channels;

/// <summary>What a channel says where it has no text of its own: as the server says it, shown where one may be written.</summary>
public static class StandardTexts
{
    public static readonly IReadOnlyList<string> Languages = ["ru", "en"];

    private static readonly DialogueTexts English = new(
        "Hello! This is {company}. Write your question here.", "Please wait, an operator will join you.",
        "Nobody is here at the moment. Write what it is about: we answer as soon as we are back.",
        "{operator} has joined the conversation.", "The conversation is over. Write again whenever you need us.",
        "How did {operator} do?", "How likely are you to recommend {company}, from 0 to 10?",
        "Thank you! Your rating helps us get better.", "Close the chat");

    private static readonly DialogueTexts Russian = new(
        "Здравствуйте! Это {company}. Напишите ваш вопрос.", "Пожалуйста, подождите, оператор скоро подключится.",
        "Сейчас операторов нет на месте. Напишите, что случилось: ответим, как только вернёмся.",
        "{operator} присоединяется к разговору.", "Разговор завершён. Пишите, когда понадобимся.",
        "Как вам помог оператор {operator}?", "Насколько вероятно, что вы порекомендуете {company}, от 0 до 10?",
        "Спасибо! Ваша оценка помогает нам стать лучше.", "Завершить чат");

    /// <summary>Mailboxes say less: nobody wants a letter for every step.</summary>
    private static readonly DialogueTexts EnglishLetters = English with
    {
        Greeting = "",
        Wait = "",
        Joined = "",
        Closed = "",
        CloseButton = "",
        Away = "We have your letter. Nobody is here at the moment: we answer as soon as we are back.",
        Rate = "How did {operator} do? Answer this letter with a number from 1 to 5.",
        Recommend = "How likely are you to recommend {company}? Answer this letter with a number from 0 to 10.",
    };

    private static readonly DialogueTexts RussianLetters = Russian with
    {
        Greeting = "",
        Wait = "",
        Joined = "",
        Closed = "",
        CloseButton = "",
        Away = "Мы получили ваше письмо. Сейчас операторов нет на месте: ответим, как только вернёмся.",
        Rate = "Как вам помог оператор {operator}? Ответьте на это письмо числом от 1 до 5.",
        Recommend = "Насколько вероятно, что вы порекомендуете {company}? Ответьте на это письмо числом от 0 до 10.",
    };

    /// <summary>Each text by its name in <see cref="DialogueTexts"/>, and how to change it.</summary>
    public static readonly IReadOnlyList<(string Name, Func<DialogueTexts, string?> Get, Func<DialogueTexts, string?, DialogueTexts> Set)> All =
    [
        ("greeting", one => one.Greeting, (one, text) => one with { Greeting = text }),
        ("wait", one => one.Wait, (one, text) => one with { Wait = text }),
        ("away", one => one.Away, (one, text) => one with { Away = text }),
        ("joined", one => one.Joined, (one, text) => one with { Joined = text }),
        ("closed", one => one.Closed, (one, text) => one with { Closed = text }),
        ("rate", one => one.Rate, (one, text) => one with { Rate = text }),
        ("recommend", one => one.Recommend, (one, text) => one with { Recommend = text }),
        ("thanks", one => one.Thanks, (one, text) => one with { Thanks = text }),
        ("closeButton", one => one.CloseButton, (one, text) => one with { CloseButton = text }),
    ];

    public static DialogueTexts Of(string kind, string language) => (kind, language) switch
    {
        ("mail", "ru") => RussianLetters,
        ("mail", _) => EnglishLetters,
        (_, "ru") => Russian,
        _ => English,
    };
}
