using Beseda.Journal;

namespace Beseda.Server.Files;

/// <summary>A file that somebody sent.</summary>
/// <param name="ContentType">As what it is served, not as what it was sent.</param>
/// <param name="Width">Of a picture, as it is to be seen.</param>
internal sealed record StoredFile(string Id, string Name, string ContentType, long Size, int? Width = null, int? Height = null)
{
    public bool HasThumbnail => Width is { } width && Height is { } height && Picture.IsBearable(width, height);
}

internal static class FileRows
{
    /// <summary><c>owner</c> has uploaded it: a visitor's id, an operator's below zero, 0 for Beseda itself.</summary>
    public const string Schema = """
        create table if not exists files (
            account integer not null, id text not null, name text not null, content_type text not null, size integer not null,
            width integer, height integer, owner integer not null, created_at integer not null, primary key (account, id));
        """;

    private const string Columns = "id, name, content_type, size, width, height";

    public static StoredFile? Find(Session session, AccountId account, string id) =>
        session[$"select {Columns} from files where account = $1 and id = $2"].Bind(1, account.Value).Bind(2, id).One(Read);

    public static List<StoredFile> FindAll(Session session, AccountId account, IEnumerable<string> ids) =>
        [.. session[$"select {Columns} from files where account = $1 and id = any($2)"].Bind(1, account.Value).Bind(2, ids).All(Read)];

    public static Dictionary<string, StoredFile> FindOwn(Session session, AccountId account, long owner, IEnumerable<string> ids) =>
        session[$"select {Columns} from files where account = $1 and id = any($2) and owner = $3"].Bind(1, account.Value).Bind(2, ids).Bind(3, owner)
            .All(Read).ToDictionary(file => file.Id);

    public static void Add(Session session, AccountId account, StoredFile file, long owner, DateTimeOffset at) =>
        session[$"insert into files (account, {Columns}, owner, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing"]
            .Bind(1, account.Value).Bind(2, file.Id).Bind(3, file.Name).Bind(4, file.ContentType).Bind(5, file.Size)
            .Bind(6, file.Width).Bind(7, file.Height).Bind(8, owner).Bind(9, at.ToUnixTimeMilliseconds()).Run();

    /// <summary>Nobody can have them any more; their content stays in the store.</summary>
    public static void Remove(Session session, AccountId account, IReadOnlyCollection<string> ids)
    {
        if (ids.Count > 0)
            session["delete from files where account = $1 and id = any($2)"].Bind(1, account.Value).Bind(2, ids).Run();
    }

    private static StoredFile Read(Statement row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Number(3), (int?)row.NumberOrNull(4), (int?)row.NumberOrNull(5));
}
