using Beseda.Journal;
using Beseda.Server.Consumers;

namespace Beseda.Server.Webhooks;

/// <summary>An address that hears of every event that its creator may see.</summary>
/// <param name="Kinds">Empty: all.</param>
/// <param name="Secret">Encrypted with the install key.</param>
internal sealed record Webhook(long Id, string Url, IReadOnlyList<string> Kinds, string Secret, OperatorId Creator, DateTimeOffset CreatedAt)
{
    public const string Prefix = "webhook";

    public ConsumerId ConsumerIn(AccountId account) => AllConsumers.IdOf(account, Prefix, Id);
}

internal static class WebhookRows
{
    public const string Schema = """
        create table if not exists webhooks (
            account integer not null, id integer not null, url text not null, kinds text not null, secret text not null,
            creator integer not null, created_at integer not null, primary key (account, id));
        """;

    private const string Columns = "id, url, kinds, secret, creator, created_at";

    public static List<Webhook> All(Session session, AccountId account) =>
        [.. session[$"select {Columns} from webhooks where account = $1 order by created_at"].Bind(1, account.Value).All(Read)];

    public static Webhook? Find(Session session, AccountId account, long id) =>
        session[$"select {Columns} from webhooks where account = $1 and id = $2"].Bind(1, account.Value).Bind(2, id).One(Read);

    public static void Save(Session session, AccountId account, Webhook webhook) =>
        session[$"""
            insert into webhooks (account, {Columns}) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (account, id) do update set url = excluded.url, kinds = excluded.kinds
            """].Bind(1, account.Value).Bind(2, webhook.Id).Bind(3, webhook.Url).Bind(4, string.Join(' ', webhook.Kinds))
            .Bind(5, webhook.Secret).Bind(6, webhook.Creator.Value).Bind(7, webhook.CreatedAt.ToUnixTimeMilliseconds()).Run();

    public static void Remove(Session session, AccountId account, long id) =>
        session["delete from webhooks where account = $1 and id = $2"].Bind(1, account.Value).Bind(2, id).Run();

    private static Webhook Read(Statement row) => new(
        row.Number(0), row.Text(1), row.Text(2).Split(' ', StringSplitOptions.RemoveEmptyEntries), row.Text(3),
        new OperatorId(row.Number(4)), DateTimeOffset.FromUnixTimeMilliseconds(row.Number(5)));
}
