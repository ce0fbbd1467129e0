using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using Beseda.Domain.Visitors;
using static Beseda.Domain.Tests.Company;

namespace Beseda.Domain.Tests.Channels;

public sealed class Channel_tests
{
    private readonly Company company = new(Routed.Hand);
    private readonly ChannelId channel;

    public Channel_tests() => channel = company.Connects();

    private Channel Channel => company.State.Channels[channel];

    [Fact]
    public void A_new_channel_s_id_is_the_seq_of_its_event() => Assert.Equal((channel, company.Receipt.Seq), (Channel.Id, channel.Value));

    [Fact]
    public void Only_an_administrator_and_the_command_line_change_channels()
    {
        var supervisor = company.Hires("Supervisor", Role.Supervisor);
        foreach (var command in new Command[] { new ChangeChannel(null, Channel), new ChangeChannel(channel, Channel with { Name = "New" }), new RemoveChannel(channel) })
        {
            Assert.Equal(Refusal.NotAllowed, company.Refusal(supervisor, command));
            Assert.Equal(Refusal.NotAllowed, company.Refusal(Ivan, command));
            Assert.Null(company.Refusal(company.Admin, command));
            Assert.Null(company.Refusal(command));
        }
    }

    [Fact]
    public void What_stays_the_same_is_no_change()
    {
        Channel Changed(string wait, string bot) => Channel with
        {
            Texts = Channel.Texts.Clear().Add("ru", new DialogueTexts(Wait: wait)),
            Settings = Channel.Settings.Clear().Add("bot", bot),
        };
        company.Do(new ChangeChannel(channel, Changed("Ждите", "svet")));

        Assert.Empty(company.Do(new ChangeChannel(channel, Changed("Ждите", "svet"))));
        Assert.Equal("ChannelChanged", Kinds(company.Do(new ChangeChannel(channel, Changed("Подождите", "svet")))));
        Assert.Equal("ChannelChanged", Kinds(company.Do(new ChangeChannel(channel, Changed("Подождите", "set")))));
    }

    [Fact]
    public void A_channel_or_a_department_that_is_not_there_is_not_found()
    {
        Assert.Equal(Refusal.ChannelNotFound, company.Refusal(new ChangeChannel(new(999), Channel)));
        Assert.Equal(Refusal.DepartmentNotFound, company.Refusal(new ChangeChannel(channel, Channel with { Department = new(999) })));
    }

    [Fact]
    public void A_channel_is_let_go_of_once_and_what_was_said_in_it_stays()
    {
        company.Meets(Ivan, channel);
        var conversation = company.Writes(Ivan);

        Assert.Equal([new ChannelRemoved(channel)], company.Do(new RemoveChannel(channel)));
        Assert.Empty(company.Do(new RemoveChannel(channel)));
        Assert.Empty(company.State.Channels);
        Assert.Equal(Stage.Queued, company[conversation].Stage);
    }

    [Fact]
    public void Who_comes_through_a_channel_is_known_by_it_and_by_their_language()
    {
        company.Meets(Ivan, channel, "en");
        var known = company.State.Visitors[Ivan];
        Assert.Equal((channel, "en"), (known.Channel, known.Language));

        company.Meets(Ivan, channel);
        Assert.Equal((channel, "en"), (company.State.Visitors[Ivan].Channel, company.State.Visitors[Ivan].Language));
    }

    [Fact]
    public void Whom_the_company_s_site_vouches_for_comes_through_no_channel()
    {
        company.Do(new IdentifyVisitor("customer", "digest", Persons.Profile("Ivan"), Ivan, null));

        Assert.Null(company.State.Visitors[Ivan].Channel);
    }
}
