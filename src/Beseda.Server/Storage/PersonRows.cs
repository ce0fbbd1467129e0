using Beseda.Domain.Visitors;
using Beseda.Journal;

namespace Beseda.Server.Storage;

/// <summary>Which visitors are one person, and by what they may be recognised: both are found by it, and stand in the visitors' own rows as well.</summary>
internal static class PersonRows
{
    public const string Schema = """
        create table if not exists person_visitors (
            account integer not null, visitor integer not null, person integer not null, primary key (account, visitor));
        create index if not exists person_visitors_by_person on person_visitors (account, person);
        create table if not exists visitor_contacts (
            account integer not null, contact text not null, visitor integer not null, primary key (account, contact, visitor));
        create index if not exists visitor_contacts_by_visitor on visitor_contacts (account, visitor);
        """;

    public static List<Visitor> VisitorsOf(Session session, AccountId account, IEnumerable<long> persons) =>
        [.. session["""
            select v.state, v.words from person_visitors p join visitors v on v.account = p.account and v.id = p.visitor
            where p.account = $1 and p.person = any($2)
            """].Bind(1, account.Value).Bind(2, persons).All(ChatRows.ReadVisitor)];

    /// <summary>Who else goes by one of these.</summary>
    /// <param name="contacts">As <see cref="Contact.Of"/> says.</param>
    public static List<Visitor> Alike(Session session, AccountId account, IEnumerable<string> contacts, int most) =>
        [.. session["""
            select state, words from visitors where account = $1 and id in (
                select visitor from visitor_contacts where account = $1 and contact = any($2) order by +visitor limit $3)
            """].Bind(1, account.Value).Bind(2, contacts).Bind(3, most).All(ChatRows.ReadVisitor)];

    /// <summary>By visitor, in no order.</summary>
    public static ILookup<long, string> All(Session session, AccountId account) =>
        session["select visitor, contact from visitor_contacts where account = $1"].Bind(1, account.Value).All(row => (Visitor: row.Number(0), Text: row.Text(1)))
            .Concat(session["select visitor, person from person_visitors where account = $1"].Bind(1, account.Value)
                .All(row => (Visitor: row.Number(0), Text: Named(new PersonId(row.Number(1))))))
            .ToLookup(row => row.Visitor, row => row.Text);

    /// <summary>What <see cref="All"/> must have of a visitor.</summary>
    public static IEnumerable<string> Of(Visitor visitor) =>
        visitor.Person is { } person ? Contact.Of(visitor.Profile).Append(Named(person)) : Contact.Of(visitor.Profile);

    public static void Save(Session session, AccountId account, Visitor? before, Visitor after)
    {
        if (before?.Person != after.Person)
            SavePerson(session, account, after);
        if (!ReferenceEquals(before?.Profile, after.Profile) && !Contact.Of(before?.Profile).SequenceEqual(Contact.Of(after.Profile)))
            SaveContacts(session, account, after);
    }

    /// <summary>Whatever lies there.</summary>
    public static void Repair(Session session, AccountId account, Visitor visitor)
    {
        SavePerson(session, account, visitor);
        SaveContacts(session, account, visitor);
    }

    private static void SavePerson(Session session, AccountId account, Visitor after)
    {
        if (after.Person is { } person)
            session["insert into person_visitors (account, visitor, person) values ($1, $2, $3) on conflict (account, visitor) do update set person = excluded.person"]
                .Bind(1, account.Value).Bind(2, after.Id.Value).Bind(3, person.Value).Run();
        else
            session["delete from person_visitors where account = $1 and visitor = $2"].Bind(1, account.Value).Bind(2, after.Id.Value).Run();
    }

    private static void SaveContacts(Session session, AccountId account, Visitor after)
    {
        session["delete from visitor_contacts where account = $1 and visitor = $2"].Bind(1, account.Value).Bind(2, after.Id.Value).Run();
        foreach (var contact in Contact.Of(after.Profile))
            session["insert into visitor_contacts (account, contact, visitor) values ($1, $2, $3) on conflict do nothing"]
                .Bind(1, account.Value).Bind(2, contact).Bind(3, after.Id.Value).Run();
    }

    private static string Named(PersonId person) => $"person:{person}";
}
