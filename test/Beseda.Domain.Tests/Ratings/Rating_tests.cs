using Beseda.Domain.Accounts;
using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Ratings;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Ratings;

public sealed class Rating_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly OperatorId anna;
    private readonly OperatorId nikolay;
    private readonly ConversationId conversation;

    public Rating_tests()
    {
        anna = company.Hires("Anna");
        nikolay = company.Hires("Nikolay");
        conversation = company.Serves(anna, Ivan);
    }

    private RateConversation Rates(int score, OperatorId? person = null, int scale = 5, string? note = null) =>
        new(conversation, person, scale, score, note);

    private void Closes() => company.Do(Ivan, new CloseConversation(null));

    private Rating Rating => company[conversation].Ratings.Single();

    [Fact]
    public void Closing_asks_the_visitor_about_the_operator()
    {
        Assert.Equal(new RatingAsked(conversation, Ivan, anna, 5), company.Do(Ivan, new CloseConversation(null))[1]);
        Assert.Equal((anna, 5, null), (Rating.Operator, Rating.Scale, Rating.Score));
    }

    [Fact]
    public void Only_the_last_operator_who_accepted_is_asked_about()
    {
        company.Do(anna, new TransferConversation(conversation, nikolay, null, null));
        company.Do(nikolay, new TakeConversation(conversation));
        company.Do(nikolay, new TransferConversation(conversation, anna, null, null));
        Closes();

        Assert.Equal(nikolay, Rating.Operator);
    }

    [Fact]
    public void When_nobody_accepted_nobody_is_asked_about()
    {
        company.Writes(Olga);

        Assert.Equal("ConversationClosed", Kinds(company.Do(Olga, new CloseConversation(null))));
    }

    [Fact]
    public void An_operator_s_and_a_time_out_s_end_ask_too()
    {
        var second = company.Serves(nikolay, Olga);
        Assert.Contains(company.Do(anna, new CloseConversation(conversation)), one => one is RatingAsked);
        Assert.Contains(company.Ticks(after: CloseAfter + TimeSpan.FromMinutes(1)), one => one is RatingAsked asked && asked.Conversation == second);
    }

    [Fact]
    public void The_account_decides_on_the_scale_at_the_time_of_asking()
    {
        company.Do(new ChangeAccount(company.State.Account with { RatingScale = 10 }));
        Closes();
        company.Do(new ChangeAccount(company.State.Account with { RatingScale = 5 }));

        Assert.Equal(Refusal.WrongScale, company.Refusal(Ivan, Rates(5)));
        Assert.Null(company.Refusal(Ivan, Rates(0, scale: 10)));
        Assert.Null(company.Refusal(Ivan, Rates(10, scale: 10)));
        Assert.Equal(Refusal.ScoreOutOfRange, company.Refusal(Ivan, Rates(11, scale: 10)));
        Assert.Equal(Refusal.ScoreOutOfRange, company.Refusal(Ivan, Rates(-1, scale: 10)));
    }

    [Fact]
    public void One_to_five_are_scores_and_nothing_else_is()
    {
        Closes();

        Assert.All([1, 2, 3, 4, 5], score => Assert.Null(company.Refusal(Ivan, Rates(score))));
        Assert.All([0, 6, -1, int.MaxValue], score => Assert.Equal(Refusal.ScoreOutOfRange, company.Refusal(Ivan, Rates(score))));
    }

    [Fact]
    public void The_answer_is_kept_with_its_note_as_words()
    {
        Closes();
        var happened = company.Do(Ivan, Rates(5, anna, note: "Спасибо!"));

        Assert.Equal([new ConversationRated(conversation, Ivan, anna, 5, 5, new RatingWords("Спасибо!"))], happened);
        Assert.Equal((5, company.Receipt.At), (Rating.Score, Rating.FirstScoredAt));
    }

    [Fact]
    public void The_same_answer_again_changes_nothing_however_late()
    {
        Closes();
        company.Do(Ivan, Rates(4));
        Assert.Empty(company.Do(Ivan, Rates(4)));

        company.Wait(TimeSpan.FromDays(30));
        Assert.Empty(company.Do(Ivan, Rates(4)));
    }

    [Fact]
    public void An_answer_can_be_changed_for_an_hour_after_the_first_one()
    {
        Closes();
        company.Do(Ivan, Rates(1));
        var first = Rating.FirstScoredAt;
        company.Wait(TimeSpan.FromMinutes(59));
        company.Do(Ivan, Rates(4));
        Assert.Equal((4, first), (Rating.Score, Rating.FirstScoredAt));

        company.Wait(first!.Value + TimeSpan.FromHours(1) - company.Now);
        Assert.Null(company.Refusal(Ivan, Rates(5)));
        company.Wait(Moment);
        Assert.Equal(Refusal.AlreadyRated, company.Refusal(Ivan, Rates(5)));
        Assert.Equal(Refusal.AlreadyRated, company.Refusal(Ivan, Rates(4, note: "late words")));
    }

    [Fact]
    public void Answering_is_possible_for_seven_days_after_being_asked()
    {
        Closes();
        company.Wait(Rating.AskedAt + TimeSpan.FromDays(7) - company.Now);
        Assert.Null(company.Refusal(Ivan, Rates(5)));
        company.Wait(Moment);
        Assert.Equal(Refusal.RatingLapsed, company.Refusal(Ivan, Rates(5)));
    }

    [Fact]
    public void Nobody_answers_what_was_not_asked()
    {
        Assert.Equal(Refusal.NotAsked, company.Refusal(Ivan, Rates(5)));
        Closes();
        Assert.Equal(Refusal.NotAsked, company.Refusal(Ivan, Rates(5, nikolay)));
    }

    [Fact]
    public void Only_the_visitor_of_the_conversation_answers()
    {
        Closes();

        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(Olga, Rates(5)));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(anna, Rates(5)));
        Assert.Equal(Refusal.NotAllowed, company.Refusal(Rates(5)));
        Assert.Equal(Refusal.ConversationNotFound, company.Refusal(Ivan, new RateConversation(new(999), null, 5, 5, null)));
    }
}
